import type { Instant } from './facts.ts';
import type { MembershipRecord } from './membership-record.ts';
import { recurs, succeeded } from './pricing.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** A month of 30 days may be a February. */
const shortestPeriod = 0.9;

/**
 * Since when a customer has paid whose first known price is of `first`, where that was before: history that begins in the
 * middle of a membership begins with one of its renewals. Null where `first` was the beginning.
 */
export function firstPaidBefore(records: readonly MembershipRecord[], first: Instant): Instant | null {
  const since = records.flatMap((record) => {
    const began = beganToPay(record);
    return record.steps[0]?.at === first && began !== null && began < first ? [began] : [];
  });
  return since.length === 0 ? null : Math.min(...since);
}

/** When the first payment was due: at the beginning, or after the trial. Null where the first known one is the first. */
function beganToPay({ membership: { createdAt }, plan, payments }: MembershipRecord): Instant | null {
  const [first] = payments.filter(succeeded).sort((a, b) => a.paidAt - b.paidAt);
  if (createdAt === null || first === undefined || !recurs(plan) || first.billingReason === 'subscription_create') {
    return null;
  }
  const due = createdAt + (plan.trialPeriodDays ?? 0) * dayMs;
  return first.paidAt - due >= plan.billingPeriodDays * dayMs * shortestPeriod ? due : null;
}
