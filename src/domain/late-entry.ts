import type { Instant } from './facts.ts';
import type { MembershipRecord } from './membership-record.ts';
import { recurs } from './pricing.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** A month of 30 days may be a February. */
const shortestPeriod = 0.9;

/**
 * Since when a customer has paid whose first known price is of `first`, where that was before: history that begins in the
 * middle of a membership begins with one of its renewals. Null where `first` was the beginning.
 */
export function firstPaidBefore(records: readonly MembershipRecord[], first: Instant): Instant | null {
  let since = first;
  for (const record of records) {
    if (record.steps[0]?.at === first) since = Math.min(since, beganToPay(record) ?? first);
  }
  return since < first ? since : null;
}

/** When the first payment was due: at the beginning, or after the trial. Null where the first known one is the first. */
function beganToPay({ membership: { createdAt }, plan, paid }: MembershipRecord): Instant | null {
  const [first] = paid;
  if (createdAt === null || first === undefined || !recurs(plan) || first.billingReason === 'subscription_create') {
    return null;
  }
  const due = createdAt + (plan.trialPeriodDays ?? 0) * dayMs;
  return first.paidAt - due >= plan.billingPeriodDays * dayMs * shortestPeriod ? due : null;
}
