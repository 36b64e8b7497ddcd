import { describe, expect, it } from 'vitest';
import { billedMemberships, customerHistory } from '../../../src/domain/churn/customer-history.ts';
import type { Fact, Membership, Payment, Plan } from '../../../src/domain/facts.ts';
import { type CustomerFacts, membershipRecords } from '../../../src/domain/membership-record.ts';
import { at, membership, nothingOf, payment, plan } from '../../support/facts.ts';

const day = 24 * 60 * 60 * 1000;
const start = at('2026-01-01');

type Told = {
  membership?: Partial<Membership>;
  payments?: Payment[];
  plan?: Partial<Plan>;
  changes?: CustomerFacts['changes'];
  seen?: [status: string, at: number][];
  offers?: Partial<Fact<'promo_code'>>[];
};

const terms = (told: Partial<Plan> = {}) => ({
  plans: new Map([['plan_monthly', plan(told)]]),
  reportingCurrency: 'USD',
});

function recordsOf(told: Told) {
  const sightings = (told.seen ?? []).map(([status, when]) => ({ membershipId: 'mem_1', status, at: when }));
  const facts: CustomerFacts = {
    ...nothingOf,
    memberships: [membership({ createdAt: start, ...told.membership })],
    payments: told.payments ?? [],
    changes: told.changes ?? [],
    sightings,
  };
  return membershipRecords(facts, terms(told.plan));
}

const unlimited: Fact<'promo_code'> = {
  ...{ id: 'promo_1', code: 'SPRING', productId: null, status: 'active', promoType: 'percentage', currency: null },
  ...{ amountOffMinor: null, percentOffBasisPoints: 2000, duration: 'forever', durationMonths: null, uses: null },
  ...{ stock: null, unlimitedStock: true, createdAt: null, expiresAt: null },
};

function historyOf(told: Told) {
  const offers = new Map((told.offers ?? []).map((one) => ['promo_1', { ...unlimited, ...one }]));
  return customerHistory({ memberId: 'user_1', records: recordsOf(told), activity: null }, terms(told.plan), offers);
}

const first = (told: Told) => historyOf(told).memberships[0];

describe('the terms of a membership', () => {
  it('begin with the price of its plan, and go on with what is paid', () => {
    const payments = [payment({ paidAt: start + day, totalMinor: 800 })];
    expect(first({ payments })?.terms).toMatchObject([
      { since: start, periodDays: 30, monthlyPriceMinor: 1000 },
      { since: start + day, periodDays: 30, monthlyPriceMinor: 800 },
    ]);
  });

  it('have a trial until it is paid', () => {
    const told = { plan: { trialPeriodDays: 7 }, payments: [payment({ paidAt: start, totalMinor: 0 })] };
    expect(first(told)?.terms.map(({ trialEnd }) => trialEnd)).toEqual([start + 7 * day, start + 7 * day]);
    const paid = { ...told, payments: [payment({ paidAt: start + 5 * day })] };
    expect(first(paid)?.terms.map(({ trialEnd }) => trialEnd)).toEqual([start + 7 * day, null]);
  });

  it.each<[string, Partial<Fact<'promo_code'>>, number | null]>([
    ['once', { duration: 'once' }, start + 30 * day],
    ['for 2 months', { duration: 'repeating', durationMonths: 2 }, start + (2 * 365.25 * day) / 12],
    ['for ever', { duration: 'forever' }, null],
  ])('end a discount that holds %s', (_how, code, end) => {
    const payments = [payment({ paidAt: start, promoCodeId: 'promo_1' })];
    expect(first({ payments, offers: [code] })?.terms.at(-1)?.discountEnd).toBe(end);
  });
});

describe('a scheduled cancellation', () => {
  const canceledAt = start + 10 * day;
  const renewalPeriodEnd = start + 30 * day;

  it('is told by the newest snapshot, or by a status', () => {
    const told = { membership: { cancelAtPeriodEnd: true, canceledAt, renewalPeriodEnd } };
    expect(first(told)?.cancellations).toEqual([{ at: canceledAt, endsAt: renewalPeriodEnd, takenBackAt: null }]);
    const seen: Told = {
      seen: [
        ['active', start],
        ['canceling', canceledAt + day],
      ],
      ...told,
    };
    expect(first(seen)?.cancellations).toEqual([{ at: canceledAt, endsAt: renewalPeriodEnd, takenBackAt: null }]);
  });

  it('may be taken back', () => {
    const seen: Told['seen'] = [
      ['canceling', canceledAt],
      ['active', canceledAt + day],
    ];
    expect(first({ seen })?.cancellations).toEqual([{ at: canceledAt, endsAt: null, takenBackAt: canceledAt + day }]);
  });

  it('is none where the membership ended at once', () => {
    const told = { status: 'canceled', canceledAt, updatedAt: canceledAt, renewalPeriodEnd };
    expect(first({ membership: told })).toMatchObject({ end: canceledAt, cancellations: [] });
  });
});

describe('bills', () => {
  it('are attempts: one that failed first is one more', () => {
    const payments = [payment({ createdAt: start, paidAt: start + day, failedAttempts: 1 })];
    expect(historyOf({ payments }).bills).toEqual([
      { at: start, amountMinor: 1000, failed: true },
      { at: start + day, amountMinor: 1000, failed: false },
    ]);
  });

  it('are none where nothing renews by them', () => {
    const payments = [
      payment({ billingReason: 'one_time' }),
      payment({ id: 'pay_2', billingReason: 'subscription_update' }),
      payment({ id: 'pay_3', status: 'void', paidAt: null }),
    ];
    expect(historyOf({ payments }).bills).toEqual([]);
  });

  it('failed where Whop told only that the membership is past due', () => {
    const when = start + 31 * day;
    const untold = { at: when, amountMinor: 0, failed: true };
    const tried = (days: number) => payment({ failed: true, createdAt: null, lastAttemptAt: when - days * day });
    expect(historyOf({ seen: [['past_due', when]] }).bills).toEqual([untold]);
    expect(historyOf({ seen: [['past_due', when]], payments: [tried(7)] }).bills).toHaveLength(1);
    expect(historyOf({ seen: [['past_due', when]], payments: [tried(7.01)] }).bills).toHaveLength(2);
  });
});

describe('a membership', () => {
  it.each<[string, Told, boolean]>([
    ['recurs and costs something', {}, true],
    ['is free', { plan: { renewalPriceMinor: 0 } }, false],
    ['is free by its plan, but paid', { plan: { renewalPriceMinor: 0 }, payments: [payment()] }, true],
    ['is for life', { plan: { planType: 'one_time' } }, false],
  ])('that %s is a loss when it ends: %s', (_what, told, isBilled) => {
    expect(billedMemberships(recordsOf(told)).has('mem_1')).toBe(isBilled);
    expect(historyOf(told).memberships).toHaveLength(1);
  });
});
