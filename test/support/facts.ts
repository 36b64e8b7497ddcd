import { type Stretch, startOfDay } from '../../src/domain/calendar.ts';
import type { Membership, Payment, Plan } from '../../src/domain/facts.ts';
import type { CustomerFacts } from '../../src/domain/membership-record.ts';
import type { CompanyFacts } from './customers-of.ts';

/** The instant of an ISO time or day; a day begins in UTC. */
export function at(iso: string): number {
  const instant = Date.parse(iso);
  if (Number.isNaN(instant)) throw new Error(`no time: ${iso}`);
  return instant;
}

/** A monthly plan of 10 dollars, but for what is said. */
export function plan(told: Partial<Plan> = {}): Plan {
  return {
    id: 'plan_monthly',
    productId: 'prod_1',
    title: null,
    planType: 'renewal',
    billingPeriodDays: 30,
    expirationDays: null,
    trialPeriodDays: null,
    currency: 'USD',
    initialPriceMinor: 0,
    renewalPriceMinor: 1000,
    ...told,
  };
}

/** A membership that is on since 2026, but for what is said. */
export function membership(told: Partial<Membership> = {}): Membership {
  const createdAt = told.createdAt ?? at('2026-01-01');
  return {
    id: 'mem_1',
    userId: 'user_1',
    planId: 'plan_monthly',
    productId: 'prod_1',
    status: 'active',
    createdAt,
    updatedAt: createdAt,
    renewalPeriodStart: null,
    renewalPeriodEnd: null,
    canceledAt: null,
    cancelAtPeriodEnd: false,
    cancelOption: null,
    promoCodeId: null,
    ...told,
  };
}

/** A succeeded renewal of 10 dollars on 2026-01-01, but for what is said. */
export function payment(told: Partial<Payment> & { failed?: boolean } = {}): Payment {
  const { failed = false, ...values } = told;
  const paidAt = failed ? null : (values.paidAt ?? at('2026-01-01'));
  return {
    id: `pay_${paidAt}`,
    userId: 'user_1',
    membershipId: 'mem_1',
    planId: 'plan_monthly',
    productId: 'prod_1',
    status: failed ? 'open' : 'paid',
    billingReason: 'subscription_cycle',
    currency: 'USD',
    totalMinor: 1000,
    subtotalMinor: null,
    taxMinor: null,
    amountAfterFeesMinor: null,
    usdTotalMinor: null,
    createdAt: paidAt,
    lastAttemptAt: failed ? at('2026-01-01') : paidAt,
    disputeAlertedAt: null,
    failedAttempts: failed ? 1 : 0,
    promoCodeId: null,
    ...values,
    paidAt,
  };
}

/** A customer of whom nothing is known. */
export const nothingOf: CustomerFacts = {
  memberships: [],
  changes: [],
  sightings: [],
  payments: [],
  refunds: [],
  disputes: [],
};

/** A company of which nothing is known. */
export const noFacts: CompanyFacts = {
  company: undefined,
  products: [],
  plans: [],
  memberships: [],
  changes: [],
  sightings: [],
  payments: [],
  refunds: [],
  disputes: [],
};

/** Plans by id, as judgements want them. */
export function plansById(...plans: Plan[]): Map<string, Plan> {
  return new Map(plans.map((one) => [one.id, one]));
}

/** July 2026, which begins and ends at midnight there. */
export function julyIn(timeZone: string): Stretch {
  const end = startOfDay('2026-08-01', timeZone);
  return { start: startOfDay('2026-07-01', timeZone), end, asOf: end - 1 };
}

/** What holds for a company that has set nothing itself. */
export const companyDefaults = { timeZone: 'UTC', weekStart: 'monday', reportingCurrency: null } as const;
