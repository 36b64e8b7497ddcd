import type { Instant, Membership, Payment, Plan } from './facts.ts';
import { type Fraction, fraction, multiply, scaleMinor, whole } from './money.ts';

/** A price that a customer began to pay: normalised to a month, in minor units of its own currency. */
export type PriceEvent = {
  at: Instant;
  planId: string;
  currency: string;
  monthlyMinor: number;
  /** What the payment's own rate makes of it in the reporting currency; null where Whop gave no rate. */
  rate: Fraction | null;
};

type Term = { from: number; to: number; perMonth: Fraction };

/** How many payments of a billing period fall into a month; a period between the rows is 30.4375 / days. */
const terms: readonly Term[] = [
  { from: 1, to: 1, perMonth: fraction(36525, 1200) },
  { from: 7, to: 7, perMonth: fraction(52, 12) },
  { from: 14, to: 14, perMonth: fraction(26, 12) },
  { from: 28, to: 31, perMonth: whole },
  { from: 60, to: 61, perMonth: fraction(1, 2) },
  { from: 89, to: 92, perMonth: fraction(1, 3) },
  { from: 180, to: 184, perMonth: fraction(1, 6) },
  { from: 360, to: 366, perMonth: fraction(1, 12) },
  { from: 730, to: 731, perMonth: fraction(1, 24) },
  { from: 1095, to: 1096, perMonth: fraction(1, 36) },
];

export function paymentsPerMonth(billingPeriodDays: number): Fraction {
  const term = terms.find(({ from, to }) => from <= billingPeriodDays && billingPeriodDays <= to);
  return term?.perMonth ?? fraction(304375, 10000 * billingPeriodDays);
}

export type RecurringPlan = Plan & { billingPeriodDays: number };

/** Only a renewing plan with a known term has MRR: an unknown one is left out, never taken as monthly. */
export function recurs(plan: Plan | undefined): plan is RecurringPlan {
  return plan?.planType === 'renewal' && plan.billingPeriodDays !== null && plan.billingPeriodDays > 0;
}

/** Paid, and what Whop calls a paid payment once money is claimed back: a later refund or dispute doesn't undo it. */
export const paidStatuses = ['paid', 'unresolved', 'refunded', 'partially_refunded'] as const;
const arePaid: ReadonlySet<string | null> = new Set(paidStatuses);

export type PaidPayment = Payment & { paidAt: Instant };

type MaybePaid = Pick<Payment, 'id' | 'status' | 'paidAt'>;

export function succeeded<P extends MaybePaid>(payment: P): payment is P & { paidAt: Instant } {
  return payment.paidAt !== null && arePaid.has(payment.status);
}

/** Those that succeeded, by when they were paid. */
export function paidOf<P extends MaybePaid>(payments: readonly P[]): (P & { paidAt: Instant })[] {
  return payments.filter(succeeded).sort((a, b) => a.paidAt - b.paidAt || (a.id < b.id ? -1 : 1));
}

export function failed(payment: Payment): boolean {
  return !succeeded(payment) && payment.status !== 'void' && (payment.failedAttempts ?? 0) > 0;
}

/** What a payment tells of what was paid. */
export type Amounts = Pick<Payment, 'currency' | 'totalMinor' | 'subtotalMinor' | 'taxMinor' | 'usdTotalMinor'>;

/** What the customer paid, shown to the creator: Whop's total, or where that is missing the subtotal. */
export function totalOf(payment: Pick<Payment, 'totalMinor' | 'subtotalMinor'>): number | null {
  return payment.totalMinor ?? payment.subtotalMinor;
}

/** A payment that may recur, but nobody has told how often: it is no part of MRR. */
export function hasUnknownTerm(payment: Payment, plan: Plan | undefined): boolean {
  if (!succeeded(payment) || payment.membershipId === null || noPrice.has(payment.billingReason)) return false;
  return plan === undefined || plan.planType === null || (plan.planType === 'renewal' && !recurs(plan));
}

/**
 * The rate of a payment into the reporting currency as a fraction of minor units: 1 in that currency itself, Whop's own
 * US dollar total where dollars are reported, null where Whop gives none.
 */
export function rateOf(payment: Amounts, reportingCurrency: string): Fraction | null {
  if (payment.currency === reportingCurrency) return whole;
  const total = totalOf(payment);
  if (reportingCurrency !== 'USD' || payment.usdTotalMinor === null || total === null || total === 0) return null;
  return fraction(payment.usdTotalMinor, total);
}

/**
 * The price events of one membership, oldest first. A run of payments of the same price in the same currency keeps one
 * rate, the first that Whop gave, so that exchange rates alone never make a movement.
 */
export function priceEvents(
  membership: Pick<Membership, 'planId'>,
  paid: readonly PaidPayment[],
  plans: ReadonlyMap<string, Plan>,
  reportingCurrency: string,
): PriceEvent[] {
  const events = paid.map((payment) => priceEvent(payment, membership, plans, reportingCurrency));
  return keepRates(events.filter((event) => event !== null));
}

const noPrice: ReadonlySet<string | null> = new Set(['one_time', 'manual']);

/** The plan that a payment sets the price of, of zero as well; null where it sets none. */
export function pricedPlan(
  payment: Payment,
  membership: Pick<Membership, 'planId'>,
  plans: ReadonlyMap<string, Plan>,
): string | null {
  if (!succeeded(payment)) return null;
  return priceEvent(payment, membership, plans, payment.currency ?? '')?.planId ?? null;
}

function priceEvent(
  payment: PaidPayment,
  membership: Pick<Membership, 'planId'>,
  plans: ReadonlyMap<string, Plan>,
  reportingCurrency: string,
): PriceEvent | null {
  if (noPrice.has(payment.billingReason)) return null;
  const prorated = payment.billingReason === 'subscription_update';
  const plan = plans.get((prorated ? membership.planId : payment.planId) ?? payment.planId ?? membership.planId ?? '');
  if (!recurs(plan)) return null;
  const price = prorated ? listPrice(plan) : paidPrice(payment, plan);
  if (price === null) return null;
  return {
    at: payment.paidAt,
    planId: plan.id,
    currency: price.currency,
    monthlyMinor: scaleMinor(price.amountMinor, multiply(price.share, paymentsPerMonth(plan.billingPeriodDays))),
    rate:
      price.currency === payment.currency ? rateOf(payment, reportingCurrency) : rateWithin(price, reportingCurrency),
  };
}

type Price = { amountMinor: number; currency: string; share: Fraction };

/** A proration is no price: what is paid from then on is the plan's own. */
function listPrice(plan: Plan): Price | null {
  if (plan.renewalPriceMinor === null || plan.currency === null) return null;
  return { amountMinor: plan.renewalPriceMinor, currency: plan.currency, share: whole };
}

/** What was paid without tax; of a first payment only the share that will recur. */
function paidPrice(payment: Payment, plan: Plan): Price | null {
  if (payment.currency === null) return null;
  const amountMinor =
    payment.totalMinor === null ? payment.subtotalMinor : payment.totalMinor - (payment.taxMinor ?? 0);
  if (amountMinor === null) return null;
  const first = payment.billingReason === 'subscription_create';
  // Nobody is paid for being a member: a credit is cash, but no price below zero.
  return {
    amountMinor: Math.max(0, amountMinor),
    currency: payment.currency,
    share: first ? recurringShare(plan) : whole,
  };
}

function recurringShare({ initialPriceMinor, renewalPriceMinor }: Plan): Fraction {
  if (initialPriceMinor === null || renewalPriceMinor === null) return whole;
  const sum = initialPriceMinor + renewalPriceMinor;
  return sum > 0 ? fraction(renewalPriceMinor, sum) : whole;
}

function rateWithin(price: Price, reportingCurrency: string): Fraction | null {
  return price.currency === reportingCurrency ? whole : null;
}

function keepRates(events: readonly PriceEvent[]): PriceEvent[] {
  const kept: PriceEvent[] = [];
  for (const run of runsOfOnePrice(events)) {
    const rate = run.find((event) => event.rate !== null)?.rate ?? null;
    kept.push(...run.map((event) => ({ ...event, rate })));
  }
  return kept;
}

function runsOfOnePrice(events: readonly PriceEvent[]): PriceEvent[][] {
  const runs: PriceEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last?.currency === event.currency && last.monthlyMinor === event.monthlyMinor) run.push(event);
    else runs.push([event]);
  }
  return runs;
}
