import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { views } from '../../src/render/views.ts';
import { reportNames, reports } from '../../src/reports/index.ts';
import { unconvertedNote, unsummedNotes } from '../../src/reports/notes.ts';
import type { Report } from '../../src/reports/report.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at } from '../support/facts.ts';

/** What dashboards and scripts read: figures, then tables with their columns, then series. */
const publicKeys: Readonly<
  Record<(typeof reportNames)[number], { figures: string; tables: string[]; series: string }>
> = {
  overview: {
    figures:
      'mrr new_mrr churn_mrr net_revenue paying_customers arpu customer_churn_rate nrr members joined left ' +
      'messages dau mau',
    tables: [],
    series: 'mrr members',
  },
  revenue: {
    figures:
      'mrr arr committed_mrr mrr_past_due trial_mrr paying_customers arpu ltv opening_mrr new_mrr expansion_mrr ' +
      'contraction_mrr churn_mrr reactivation_mrr customer_churn_rate grr nrr quick_ratio gross_revenue refunds ' +
      'disputes_lost net_revenue after_fees payments_succeeded payments_failed payments_pending payments_recovered ' +
      'payment_success_rate refund_rate dispute_rate',
    tables: [
      'revenue_by_plan: plan_id plan currency mrr customers gross_revenue',
      'movements: day kind currency amount customers',
    ],
    series: 'mrr net_revenue',
  },
  members: {
    figures: 'members joined left growth_rate member_churn_rate active_members inactive_members',
    tables: ['members_by_plan: plan_id plan members', 'access_by_product: product_id product active granted ended'],
    series: 'members',
  },
  subscriptions: {
    figures:
      'active_subscriptions trials_started trials_converted trials_lost trials_pending trial_conversion_rate ' +
      'cancellations_scheduled cancellations churned_voluntary churned_involuntary upgrades downgrades',
    tables: [
      'plan_mix: plan_id plan subscriptions',
      'plan_changes: from_plan_id to_plan_id change customers',
      'cancel_options: option count',
    ],
    series: '',
  },
  retention: {
    figures: '',
    tables: [
      'milestones: after survival lower upper',
      'survival: days survival lower upper at_risk',
      'cohorts: cohort size month retained',
    ],
    series: '',
  },
  engagement: {
    figures:
      'messages active_members messages_per_active dau wau mau stickiness paying_active_share newcomer_activation ' +
      'reactions forum_posts voice_minutes livestream_attendance reward_submissions',
    tables: ['channels: channel_id channel platform messages people', 'hours: weekday hour messages'],
    series: 'messages active_members',
  },
  marketing: {
    figures: '',
    tables: [
      'promo_codes: code currency payments new_customers gross_revenue discount retained_30d retained_90d',
      'affiliates: affiliate currency customers gross_revenue',
      'tracking_links: link clicks conversions rate',
      'acquisition: channel currency customers gross_revenue',
    ],
    series: '',
  },
  churn: {
    figures: 'high_risk_members medium_risk_members low_risk_members high_risk_mrr expected_mrr_loss base_rate',
    tables: [
      'members_at_risk: member_id member plan_id plan mrr other_mrr probability band confidence reasons contract ' +
        'next_bill suggestion segment',
    ],
    series: '',
  },
  'churn-model': {
    figures:
      'base_rate auc silence_auc brier base_rate_brier called_high called_high_left all_left training_rows ' +
      'training_members training_leavers',
    tables: ['calibration: group predicted observed cases', 'weights: feature kind odds_ratio words'],
    series: '',
  },
  segments: { figures: 'members opted_out', tables: ['segments: segment members share mrr other_mrr'], series: '' },
  member: {
    figures: 'leave_probability mrr paid_in_total tenure active_days_28 silent_days',
    tables: [
      'reasons: reason',
      'memberships: membership_id plan start end',
      'payments: day status currency amount',
      'weeks: week activities bills_paid bills_failed probability',
    ],
    series: '',
  },
  digest: {
    figures:
      'mrr net_revenue paying_customers members active_members customer_churn_rate new_mrr expansion_mrr ' +
      'reactivation_mrr contraction_mrr churn_mrr joined left messages ' +
      'high_risk_members high_risk_mrr expected_mrr_loss',
    tables: [
      'weeks: week mrr net_revenue paying_customers members active_members customer_churn_rate',
      'judgements: figure label verdict weeks',
      'limits: limit mrr net_revenue paying_customers members active_members customer_churn_rate',
      'plan_movements: plan_id plan currency mrr_change',
      'person_movements: customer_id customer currency mrr_change',
      'member_changes: customer_id customer change reason',
      'cancel_options: option count',
      'alerts: told contacted stayed left_after',
      'members_at_risk: member_id member plan_id plan mrr other_mrr probability band confidence reasons contract ' +
        'next_bill suggestion segment',
      'deadlines: kind due count',
      'restated: version mrr net_revenue paying_customers members active_members customer_churn_rate',
      'freshness: source as_of',
    ],
    series: '',
  },
};

describe.each(reportNames)('the report %s', (name) => {
  let testDatabase: TestDatabase;
  let report: Report;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const settings = { timeZone: 'Asia/Tokyo', weekStart: 'monday', reportingCurrency: null } as const;
    const asked = { companyId: 'biz_none', period: '7d', memberId: 'user_none' } as const;
    const question = { ...asked, now: at('2026-06-15T12:00:00Z') };
    report = await reports[name](question, { database: testDatabase.database, settings });
  });
  afterAll(() => testDatabase.drop());

  it('has the keys that the outside relies on', () => {
    const { figures, tables, series } = publicKeys[name];
    expect(report.figures.map(({ key }) => key).join(' ')).toBe(figures);
    expect(report.tables.map(({ key, columns }) => `${key}: ${columns.map((c) => c.key).join(' ')}`)).toEqual(tables);
    expect(report.series.map(({ key }) => key).join(' ')).toBe(series);
    for (const { points } of report.series) expect(points).toHaveLength(7);
  });

  it('shows each of its figures, and no other', () => {
    const { headline, groups } = views[name].layout;
    const shown = [...headline, ...groups.flatMap(({ figures }) => figures)];
    expect(shown.toSorted()).toEqual(report.figures.map(({ key }) => key).toSorted());
  });

  it('says of a company without facts that there are none', () => {
    expect(report.notes[0]).toBe('Nothing has arrived from Whop for this company yet, so every figure is of nothing.');
    for (const { value, unavailable } of report.figures) if (value === null) expect(unavailable).toMatch(/\w+ \w+/);
  });
});

describe('notes', () => {
  it('count what is in no sum, and what may recur at nobody knows what term', () => {
    expect(unsummedNotes(new Map([['', { payments_of_unknown_amount: 2 }]]))).toEqual([
      '2 payments are counted but in no sum: Whop told no amount or no currency.',
    ]);
    expect(unsummedNotes(new Map([['USD', { payments_of_unknown_term: 1 }]]))).toEqual([
      '1 payment is not part of MRR: Whop has not told how often their plan renews. Cash figures include them.',
    ]);
    expect(unsummedNotes(new Map())).toEqual([]);
  });

  it('name the currencies that stand beside the sums', () => {
    const figure = { key: 'mrr', label: 'MRR', unit: 'money', value: 0, previous: 0 } as const;
    expect(unconvertedNote([{ ...figure, otherCurrencies: [{ currency: 'MXN', amount: 1 }] }], 'USD')).toEqual([
      'Amounts in MXN stand on lines of their own: Whop gave no rate that turns them into USD.',
    ]);
  });
});
