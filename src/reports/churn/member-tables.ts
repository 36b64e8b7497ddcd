import { dayOf } from '../../domain/calendar.ts';
import { reasonsBeside } from '../../domain/churn/contract-words.ts';
import type { MemberWeek } from '../../domain/churn/member-weeks.ts';
import type { ScoredMember } from '../../domain/churn/scan.ts';
import { type Catalogue, planName } from '../../domain/company.ts';
import type { Instant } from '../../domain/facts.ts';
import { inCurrency, type Value } from '../../domain/figure-value.ts';
import type { MembershipRecord } from '../../domain/membership-record.ts';
import { scaleMinor } from '../../domain/money.ts';
import { failed, rateOf, succeeded, totalOf } from '../../domain/pricing.ts';
import type { Table } from '../report.ts';

type Moment = { until: Instant; timeZone: string };
type Records = readonly MembershipRecord[];

export function reasonTable(scored: ScoredMember | undefined): Table {
  return {
    key: 'reasons',
    title: 'Why',
    columns: [{ key: 'reason', label: 'Reason', unit: 'text' }],
    rows: scored === undefined ? [] : reasonsBeside(scored.contract, scored.reasons).map((reason) => ({ reason })),
  };
}

export function membershipTable(records: Records, catalogue: Catalogue, { until, timeZone }: Moment): Table {
  const spans = records
    .flatMap((record) => record.spans.map((span) => ({ record, span })))
    .filter(({ span }) => span.start <= until)
    .sort((a, b) => b.span.start - a.span.start);
  return {
    key: 'memberships',
    title: 'Memberships',
    columns: [
      { key: 'membership_id', label: 'Membership id', unit: 'text' },
      { key: 'plan', label: 'Plan', unit: 'text' },
      { key: 'start', label: 'From', unit: 'text' },
      { key: 'end', label: 'To', unit: 'text' },
    ],
    rows: spans.map(({ record, span }) => ({
      membership_id: record.membership.id,
      plan: planName(record.planId, catalogue),
      start: dayOf(span.start, timeZone),
      end: span.end > until ? null : dayOf(span.end, timeZone),
    })),
  };
}

const mostPayments = 12;

export function paymentTable(records: Records, { until, timeZone }: Moment): Table {
  const payments = records
    .flatMap((record) => record.payments)
    .flatMap((payment) => {
      const status = outcomeOf(payment);
      const at = succeeded(payment) ? payment.paidAt : (payment.lastAttemptAt ?? payment.createdAt);
      return status === null || at === null || at >= until ? [] : [{ payment, status, at }];
    })
    .sort((a, b) => b.at - a.at);
  return {
    key: 'payments',
    title: 'Payments',
    columns: [
      { key: 'day', label: 'Day', unit: 'text' },
      { key: 'status', label: 'Status', unit: 'text' },
      { key: 'currency', label: 'Currency', unit: 'text' },
      { key: 'amount', label: 'Amount', unit: 'money' },
    ],
    rows: payments.slice(0, mostPayments).map(({ payment, status, at }) => ({
      day: dayOf(at, timeZone),
      status,
      currency: payment.currency,
      amount: totalOf(payment),
    })),
  };
}

function outcomeOf(payment: MembershipRecord['payments'][number]): string | null {
  if (succeeded(payment)) return 'paid';
  return failed(payment) ? 'failed' : null;
}

/** Each payment converted at its own rate where Whop gave one, as gross revenue counts it. */
export function paidInTotal(records: Records, reportingCurrency: string, until: Instant): Value {
  const sums = new Map<string, number>();
  for (const payment of records.flatMap((record) => record.payments)) {
    const total = totalOf(payment);
    if (!succeeded(payment) || payment.paidAt >= until || payment.currency === null || !total) continue;
    const rate = rateOf(payment, reportingCurrency);
    const currency = rate === null ? payment.currency : reportingCurrency;
    sums.set(currency, (sums.get(currency) ?? 0) + (rate === null ? total : scaleMinor(total, rate)));
  }
  return inCurrency(sums, reportingCurrency);
}

export function weekTable(weeks: readonly MemberWeek[], risks: ReadonlyMap<string, number>): Table {
  return {
    key: 'weeks',
    title: 'Week by week',
    columns: [
      { key: 'week', label: 'Week', unit: 'text' },
      { key: 'activities', label: 'Activities', unit: 'count' },
      { key: 'bills_paid', label: 'Bills paid', unit: 'count' },
      { key: 'bills_failed', label: 'Bills failed', unit: 'count' },
      { key: 'probability', label: 'Probability', unit: 'ratio' },
    ],
    rows: weeks.map(({ week, activities, billsPaid, billsFailed }) => ({
      week,
      activities,
      bills_paid: billsPaid,
      bills_failed: billsFailed,
      probability: risks.get(week) ?? null,
    })),
  };
}
