import type { Books } from './books.ts';
import type { Span, Stretch } from './calendar.ts';
import type { Instant } from './facts.ts';
import { compareText, type Value } from './figure-value.ts';
import { groupBy } from './group-by.ts';
import type { MembershipRecord } from './membership-record.ts';
import { isOn } from './presence.ts';
import { recurs, succeeded, totalOf } from './pricing.ts';

export type SubscriptionKey =
  | 'active_subscriptions'
  | 'trials_started'
  | 'trials_converted'
  | 'trials_lost'
  | 'trials_pending'
  | 'trial_conversion_rate'
  | 'cancellations_scheduled'
  | 'cancellations';

/** Recurring memberships: how many are on, what became of trials, and how many were or will be ended. */
export function subscriptionFigures(books: Books, stretch: Stretch): Record<SubscriptionKey, Value> {
  const records = books.customers.flatMap((customer) => customer.records);
  const recurring = records.filter(({ plan }) => recurs(plan));
  return {
    active_subscriptions: { value: recurring.filter(({ spans }) => isOn(spans, stretch.asOf)).length },
    ...trialFigures(records, stretch, books.now),
    cancellations_scheduled: { value: recurring.filter((record) => scheduledWithin(record, stretch)).length },
    cancellations: { value: recurring.filter((record) => endedWithin(record, stretch)).length },
  };
}

type TrialKey = Extract<SubscriptionKey, `trial${string}`>;
type TrialOutcome = 'converted' | 'lost' | 'pending';

/** A share of fewer trials than these says nothing. */
const fewestTrials = 10;

function trialFigures(records: readonly MembershipRecord[], stretch: Stretch, now: Instant): Record<TrialKey, Value> {
  const started = records.filter((record) => isTrial(record) && within(stretch, startOf(record)));
  const outcomes = groupBy(started, (record) => outcomeOf(record, now));
  const count = (outcome: TrialOutcome) => outcomes.get(outcome)?.length ?? 0;
  const few = `${started.length} trials started, ${fewestTrials} needed for a rate`;
  return {
    trials_started: { value: started.length },
    trials_converted: { value: count('converted') },
    trials_lost: { value: count('lost') },
    trials_pending: { value: count('pending') },
    trial_conversion_rate:
      started.length < fewestTrials
        ? { value: null, unavailable: few }
        : { value: count('converted') / started.length },
  };
}

function isTrial({ membership, plan }: MembershipRecord): boolean {
  return membership.status === 'trialing' || (plan?.trialPeriodDays ?? 0) > 0;
}

/** As known now: whether anything was ever paid on it, else whether it is still on. */
function outcomeOf({ payments, spans }: MembershipRecord, now: Instant): TrialOutcome {
  if (payments.some((payment) => succeeded(payment) && (totalOf(payment) ?? 0) > 0)) return 'converted';
  return isOn(spans, now) ? 'pending' : 'lost';
}

function startOf({ membership, spans }: MembershipRecord): Instant | null {
  return membership.createdAt ?? spans[0]?.start ?? null;
}

/** A click on cancel within the stretch that wasn't taken back. */
function scheduledWithin({ membership }: MembershipRecord, stretch: Span): boolean {
  const standing = membership.cancelAtPeriodEnd === true || membership.status === 'canceled';
  return standing && within(stretch, membership.canceledAt);
}

function endedWithin({ spans }: MembershipRecord, stretch: Span): boolean {
  return spans.some(({ end }) => within(stretch, end));
}

function within({ start, end }: Span, at: Instant | null): boolean {
  return at !== null && start <= at && at < end;
}

export type CancelOption = { option: string; count: number };

/** Why memberships that were set to cancel or ended were left, as chosen from Whop's list. */
export function cancelOptions(books: Books, stretch: Stretch): CancelOption[] {
  const left = books.customers
    .flatMap((customer) => customer.records)
    .filter((record) => recurs(record.plan) && (scheduledWithin(record, stretch) || endedWithin(record, stretch)));
  return [...groupBy(left, ({ membership }) => membership.cancelOption ?? 'unknown')]
    .map(([option, records]) => ({ option, count: records.length }))
    .sort((a, b) => b.count - a.count || compareText(a.option, b.option));
}

export type PlanMix = { planId: string; subscriptions: number };

/** How many memberships of each recurring plan are on. */
export function planMix(books: Books, { asOf }: Stretch): PlanMix[] {
  const on = books.customers
    .flatMap(({ records }) => records)
    .filter(({ plan, spans }) => recurs(plan) && isOn(spans, asOf));
  return [...groupBy(on, ({ plan }) => plan?.id ?? '')]
    .map(([planId, records]) => ({ planId, subscriptions: records.length }))
    .sort((a, b) => b.subscriptions - a.subscriptions || compareText(a.planId, b.planId));
}
