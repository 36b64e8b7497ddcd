import type { Person } from '../../src/demo/sample.ts';
import type { Payment } from '../../src/domain/facts.ts';
import type { BenchPlan } from './plans.ts';

/** The n-th charge of a membership, from 0. */
export type Charge = { membershipId: string; plan: BenchPlan; number: number; at: number };

const usdPerUnit = { usd: 1, eur: 1.09, mxn: 0.055 };
const feeShare = 0.06;

/** What Whop knows of a charge, but for its id; `paidAt` is null while it isn't paid. */
export function paymentOf(
  person: Person,
  { membershipId, plan, number, at }: Charge,
  { paidAt, failed }: { paidAt: number | null; failed: boolean },
): Omit<Payment, 'id'> {
  const totalMinor = plan.priceMinor[person.currency];
  return {
    userId: person.userId,
    membershipId,
    planId: plan.id,
    productId: plan.product.id,
    status: paidAt === null ? 'open' : 'paid',
    billingReason: number === 0 ? 'subscription_create' : 'subscription_cycle',
    currency: person.currency.toUpperCase(),
    totalMinor,
    subtotalMinor: totalMinor,
    taxMinor: 0,
    amountAfterFeesMinor: afterFees(totalMinor),
    usdTotalMinor: usdTotal(totalMinor, person),
    createdAt: at,
    paidAt,
    lastAttemptAt: paidAt ?? at,
    failedAttempts: failed ? 1 : 0,
    disputeAlertedAt: null,
    promoCodeId: null,
  };
}

export function afterFees(totalMinor: number): number {
  return Math.round(totalMinor * (1 - feeShare));
}

/** Null where Whop tells no rate. */
export function usdTotal(totalMinor: number, { currency, hasRate }: Person): number | null {
  return hasRate ? Math.round(totalMinor * usdPerUnit[currency]) : null;
}
