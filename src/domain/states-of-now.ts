import type { Books } from './books.ts';
import type { Stretch } from './calendar.ts';
import type { Instant } from './facts.ts';
import { inCurrency, type Value } from './figure-value.ts';
import type { MembershipRecord } from './membership-record.ts';
import { scaleMinor } from './money.ts';
import { paymentsPerMonth, recurs } from './pricing.ts';
import type { Sums } from './totals.ts';

export type StateOfNow = 'committed_mrr' | 'mrr_past_due' | 'trial_mrr';

/** What follows from how memberships are just now: Whop's facts don't tell how they were before. */
export function statesOfNow(books: Books, { asOf }: Stretch): Record<StateOfNow, Value> {
  const records = books.customers.flatMap((customer) => customer.records);
  const changedSince = records.some(({ membership }) => (membership.updatedAt ?? asOf) > asOf);
  if (asOf < books.now || changedSince) {
    const earlier = { value: null, unavailable: 'Whop tells it only as of now, not for an earlier time' };
    return { committed_mrr: earlier, mrr_past_due: earlier, trial_mrr: earlier };
  }
  const on = records.filter(({ spans }) => spans.some(({ start, end }) => start <= asOf && asOf < end));
  const worth = (some: readonly MembershipRecord[]) => inCurrency(worthOf(some, asOf), books.currency);
  return {
    committed_mrr: worth(records.filter(({ membership }) => membership.cancelAtPeriodEnd !== true)),
    mrr_past_due: worth(on.filter(({ membership }) => membership.status === 'past_due')),
    trial_mrr: inCurrency(listPrices(on.filter(({ membership }) => membership.status === 'trialing')), books.currency),
  };
}

function worthOf(records: readonly MembershipRecord[], at: Instant): Sums {
  const sums = new Map<string, number>();
  for (const { steps } of records) {
    for (const currency of new Set(steps.map((step) => step.currency))) {
      const step = steps.findLast((one) => one.currency === currency && one.at <= at);
      const sum = (sums.get(currency) ?? 0) + (step?.amountMinor ?? 0);
      if (sum === 0) sums.delete(currency);
      else sums.set(currency, sum);
    }
  }
  return sums;
}

function listPrices(records: readonly MembershipRecord[]): Sums {
  const sums = new Map<string, number>();
  for (const { plan } of records) {
    if (!recurs(plan) || plan.currency === null || plan.renewalPriceMinor === null) continue;
    const monthly = scaleMinor(plan.renewalPriceMinor, paymentsPerMonth(plan.billingPeriodDays));
    sums.set(plan.currency, (sums.get(plan.currency) ?? 0) + monthly);
  }
  return sums;
}
