import { describe, expect, it } from 'vitest';
import type { Stretch } from '../../src/domain/calendar.ts';
import type { Membership, Payment } from '../../src/domain/facts.ts';
import { isUpgrade } from '../../src/domain/plan-changes.ts';
import { milestones } from '../../src/domain/retention.ts';
import { stockByScope } from '../../src/domain/revenue-breakdown.ts';
import * as domain from '../../src/domain/subscription-figures.ts';
import { survivalCurve } from '../../src/domain/survival.ts';
import { type Books, booksOf, lifetimesOf, planChangesOf, scopesOf, viewOf } from '../support/books.ts';
import type { CompanyFacts } from '../support/customers-of.ts';
import { at, julyIn, membership, noFacts, payment, plan, plansById } from '../support/facts.ts';

const july = julyIn('UTC');
const plans = [
  plan(),
  plan({ id: 'plan_pro', renewalPriceMinor: 3000 }),
  plan({ id: 'plan_yearly', billingPeriodDays: 365, renewalPriceMinor: 9000 }),
  plan({ id: 'plan_trial', trialPeriodDays: 7 }),
  plan({ id: 'plan_once', planType: 'one_time', billingPeriodDays: null }),
];

function books(facts: Partial<CompanyFacts>, now = july.asOf) {
  const settings = { timeZone: 'UTC', weekStart: 'monday', reportingCurrency: 'USD' } as const;
  return booksOf({ ...noFacts, plans, ...facts }, settings, now);
}

function subscriptionFigures(known: Books, stretch: Stretch) {
  const changes = planChangesOf(known, stretch);
  return domain.subscriptionFigures(viewOf(known, stretch), { changes, plans: plansById(...plans) });
}

function one(id: string, told: Partial<Membership> = {}): Membership {
  return membership({ id: `mem_${id}`, userId: `user_${id}`, createdAt: at('2026-07-05'), ...told });
}

function paid(id: string, day: string, told: Partial<Payment> & { failed?: boolean } = {}): Payment {
  const own = { id: `pay_${id}_${day}`, userId: `user_${id}`, membershipId: `mem_${id}` };
  return payment({ ...own, paidAt: at(day), ...told });
}

const ended = (day: string): Partial<Membership> => ({
  status: 'canceled',
  renewalPeriodEnd: at(day),
  updatedAt: at('2026-12-31'),
});

describe('trials', () => {
  const trial = (id: string, told: Partial<Membership> = {}) => one(id, { planId: 'plan_trial', ...told });
  const ids = Array.from({ length: 10 }, (_, i) => String(i));
  const paying = ids.slice(0, 5).map((id) => paid(id, '2026-07-12', { planId: 'plan_trial' }));

  it('10 trials of which 5 pay at last convert at 50 %', () => {
    const memberships = ids.map((id) => trial(id, Number(id) < 7 ? {} : ended('2026-07-12')));
    expect(subscriptionFigures(books({ memberships, payments: paying }), july)).toMatchObject({
      trials_started: { value: 10 },
      trials_converted: { value: 5 },
      trials_pending: { value: 2 },
      trials_lost: { value: 3 },
      trial_conversion_rate: { value: 0.5 },
    });
  });

  it('have no rate below ten', () => {
    const memberships = ids.slice(1).map((id) => trial(id));
    expect(subscriptionFigures(books({ memberships }), july).trial_conversion_rate).toEqual({
      value: null,
      unavailable: '9 trials started, 10 needed for a rate',
    });
  });

  it('are those seen trialing or on a plan with trial days, and a free payment converts none', () => {
    const memberships = [
      trial('a'),
      one('b', { status: 'trialing' }),
      one('c'),
      trial('d', { createdAt: at('2026-06-30') }),
    ];
    const payments = [paid('a', '2026-07-05', { planId: 'plan_trial', totalMinor: 0 })];
    expect(subscriptionFigures(books({ memberships, payments }), july)).toMatchObject({
      trials_started: { value: 2 },
      trials_converted: { value: 0 },
    });
  });
});

describe('subscriptions', () => {
  const memberships = [
    one('on'),
    one('trialing', { status: 'trialing', planId: 'plan_pro' }),
    one('once', { planId: 'plan_once' }),
    one('scheduled', { cancelAtPeriodEnd: true, canceledAt: at('2026-07-10'), cancelOption: 'too_expensive' }),
    one('takenBack', { cancelAtPeriodEnd: false, canceledAt: at('2026-07-10') }),
    one('ended', { ...ended('2026-07-20'), canceledAt: at('2026-07-15') }),
    one('endedLater', { ...ended('2026-08-01'), createdAt: at('2026-06-01') }),
  ];

  it('are recurring memberships that are on, trials included', () => {
    expect(subscriptionFigures(books({ memberships }), july)).toMatchObject({
      active_subscriptions: { value: 5 },
      cancellations_scheduled: { value: 2 },
      cancellations: { value: 1 },
    });
    expect(stockByScope('plan', 'active_subscriptions', scopesOf(books({ memberships }), 'plan', july))).toEqual([
      { id: 'plan_monthly', count: 4 },
      { id: 'plan_pro', count: 1 },
    ]);
  });
});

describe('churn', () => {
  it('is involuntary where the last payment before the end had failed', () => {
    const since = { createdAt: at('2026-06-01') };
    const memberships = [
      one('a', { ...since, ...ended('2026-07-01') }),
      one('b', { ...since, ...ended('2026-07-01') }),
    ];
    const failedAt = { failed: true, createdAt: at('2026-07-01'), lastAttemptAt: at('2026-07-01') };
    const canceledAt = { canceledAt: at('2026-07-04') };
    const payments = [paid('a', '2026-06-01'), paid('b', '2026-06-01'), paid('b', '2026-07-01', failedAt)];
    const known = books({ memberships: memberships.map((told) => ({ ...told, ...canceledAt })), payments });
    expect(subscriptionFigures(known, july)).toMatchObject({
      churned_voluntary: { value: 1 },
      churned_involuntary: { value: 1 },
    });
    expect(subscriptionFigures(known, { ...july, start: at('2026-07-02') })).toMatchObject({
      churned_voluntary: { value: 0 },
      churned_involuntary: { value: 1 },
    });
  });
});

describe('a change of plan', () => {
  it('is one on a membership, or by a second one within the bridge, and counts once a pair', () => {
    const payments = [
      paid('a', '2026-06-05'),
      paid('a', '2026-07-05', { planId: 'plan_pro' }),
      paid('b', '2026-06-05'),
      { ...paid('b2', '2026-07-05T12:00:00Z', { planId: 'plan_yearly' }), userId: 'user_b' },
      paid('c', '2026-07-05'),
      paid('c', '2026-07-08', { planId: 'plan_pro' }),
      paid('c', '2026-07-10'),
      paid('c', '2026-07-12', { planId: 'plan_pro' }),
    ];
    const memberships = [one('b', { createdAt: at('2026-06-05'), ...ended('2026-07-05') })];
    const changes = planChangesOf(books({ memberships, payments }), july);
    expect(changes).toEqual([
      { fromPlanId: 'plan_monthly', toPlanId: 'plan_pro', customers: 2 },
      { fromPlanId: 'plan_monthly', toPlanId: 'plan_yearly', customers: 1 },
      { fromPlanId: 'plan_pro', toPlanId: 'plan_monthly', customers: 1 },
    ]);
    // 90 a year is 7.50 a month, less than 10.
    expect(changes.map((change) => isUpgrade(change, plansById(...plans)))).toEqual([true, false, false]);
  });
});

describe('retention', () => {
  const payments = ['a', 'b', 'c', 'd'].map((id) => paid(id, '2026-05-10'));
  const memberships = [
    one('a', { createdAt: at('2026-05-10'), ...ended('2026-06-09') }),
    one('b', { createdAt: at('2026-05-10'), ...ended('2026-07-09') }),
  ];
  const known = books({ memberships, payments });

  it('follows customers from their first paid day to their last churn', () => {
    const lifetimes = lifetimesOf(known, july.asOf);
    const curve = survivalCurve(lifetimes);
    expect(curve).toMatchObject([
      { time: 30, survival: 0.75, atRisk: 4 },
      { time: 60, survival: 0.5, atRisk: 3 },
    ]);
    expect(milestones(curve, 83)).toMatchObject([{ days: 30, survival: 0.75 }]);
    expect(milestones(curve, 90).at(-1)).toMatchObject({ days: 90, survival: 0.5 });
    expect(milestones([], 30)).toEqual([{ days: 30, survival: 1, lower: 1, upper: 1 }]);
  });
});
