import { describe, expect, it } from 'vitest';
import { bandEdges, bandOf } from '../../../src/domain/churn/bands.ts';
import { fitChurnModel } from '../../../src/domain/churn/fit-model.ts';
import { dayMs, type MemberHistory } from '../../../src/domain/churn/member-history.ts';
import { revenueAtRisk } from '../../../src/domain/churn/revenue-at-risk.ts';
import { type MemberRisk, scoreViews, viewAt } from '../../../src/domain/churn/score.ts';
import { suggestionFor, suggestionTexts } from '../../../src/domain/churn/suggestion.ts';
import { member } from '../../support/churn/member-history.ts';

const at = 100 * dayMs;
const prior = fitChurnModel({ rows: [], kinds: [], now: at });

/** The prior as if it had been seen in which range activity and tenure are. */
const model = {
  ...prior,
  usual: { 'change of active days': 0, 'days since the last activity': 1 },
  columns: [
    ...prior.columns,
    {
      feature: 'change of active days',
      group: 'engagement' as const,
      knot: null,
      mean: 0,
      deviation: 1,
      weight: -0.5,
      prior: 0,
    },
    {
      feature: 'days since the last activity',
      group: 'engagement' as const,
      knot: null,
      mean: 0,
      deviation: 1,
      weight: 0.4,
      prior: 0,
    },
  ],
};

function riskOf(history: MemberHistory): MemberRisk | undefined {
  const view = viewAt(history, at, 0);
  return view === null ? undefined : scoreViews(model, [view])[0];
}

const cancelled = { at: 90 * dayMs, endsAt: 110 * dayMs, takenBackAt: null };

describe('the score of a member', () => {
  it('is of members only', () => {
    expect(riskOf(member({ start: 0, end: 100 }))).toBeUndefined();
    expect(riskOf(member({ start: 0, end: 100.5 }))).toBeDefined();
    expect(riskOf(member({ start: 100 }))).toBeDefined();
    expect(riskOf(member({ start: 100.1 }))).toBeUndefined();
  });

  it('gives reasons in numbers, the strongest first and one of each topic', () => {
    const faded = riskOf(member({ activeOn: [60, 65, 70, 75, 80] }));
    expect(faded?.reasons).toEqual([
      '19 days since the last activity',
      '5 active days in the 4 weeks before, 0 in the last 2',
    ]);
  });

  it('takes a payment that failed for a reason, and one that didn’t for none', () => {
    expect(riskOf(member({ bills: [{ at: 90, failed: true }] }))?.reasons[0]).toBe('the last payment failed');
    expect(riskOf(member({ bills: [{ at: 90 }] }))?.reasons).not.toContain('the last payment failed');
  });

  it('tells contract facts apart, with their dates', () => {
    const leaving = riskOf(member({ cancellations: [cancelled] }));
    expect(leaving?.facts).toMatchObject({ cancellation: { endsAt: 110 * dayMs }, pastDue: false, nextBillAt: null });
    expect(leaving?.probability).toBeGreaterThan(riskOf(member({}))?.probability ?? 1);
  });

  it('suggests the lightest action', () => {
    const facts = riskOf(member({}))?.facts;
    if (facts === undefined) throw new Error('a member has facts');
    expect(suggestionFor(facts, 'low')).toBe('nothing');
    expect(suggestionFor(facts, 'medium')).toBe('say hello');
    expect(suggestionFor(facts, 'high')).toBe('personal message');
    expect(suggestionFor({ ...facts, trialEndsAt: at + 1 }, 'medium')).toBe('trial check-in');
    expect(suggestionFor({ ...facts, cancellation: { endsAt: null } }, 'low')).toBe('ask why');
    expect(suggestionFor({ ...facts, pastDue: true, cancellation: { endsAt: null } }, 'low')).toBe('payment reminder');
    expect(suggestionTexts['ask why']).toContain('cancel');
  });

  it('is relied on more the more is known', () => {
    const confidenceOf = (change: Partial<typeof model>, history = member({ activeOn: [90] })) => {
      const view = viewAt(history, at, 0);
      return view && scoreViews({ ...model, ...change }, [view])[0]?.confidence;
    };
    const scores = { auc: 0.7, brier: 0.1, logLoss: 0.3, lift: 2, ece: 0.01, rows: 100, leavers: 10 };
    const outOfTime = {
      from: 0,
      to: 1,
      model: scores,
      baseRate: scores,
      silenceAuc: null,
      calibration: [],
      high: { rows: 0, left: 0 },
    };
    expect(confidenceOf({})).toBe('prior');
    expect(confidenceOf({ kind: 'base rate' })).toBe('low');
    expect(confidenceOf({ kind: 'fitted', leavers: 100 })).toBe('medium');
    expect(confidenceOf({ kind: 'fitted', leavers: 99, outOfTime })).toBe('medium');
    expect(confidenceOf({ kind: 'fitted', leavers: 100, outOfTime })).toBe('high');
    expect(confidenceOf({ kind: 'fitted', leavers: 100, outOfTime }, member({ activeOn: null }))).toBe('low');
    expect(confidenceOf({ kind: 'fitted', leavers: 100, outOfTime }, member({ start: 73 }))).toBe('low');
    expect(confidenceOf({ kind: 'fitted', leavers: 100, outOfTime }, member({ start: 72 }))).toBe('high');
  });
});

describe('the band', () => {
  it('is high at twice the odds of the base rate, and low below it', () => {
    const { medium, high } = bandEdges(0.1);
    expect(medium).toBe(0.1);
    expect(high).toBeCloseTo(2 / 11, 9);
    expect(bandOf(high, 0.1)).toBe('high');
    expect(bandOf(high - 1e-9, 0.1)).toBe('medium');
    expect(bandOf(medium, 0.1)).toBe('medium');
    expect(bandOf(medium - 1e-9, 0.1)).toBe('low');
  });

  it('can be high however many leave', () => {
    expect(bandEdges(0.6).high).toBeCloseTo(0.75, 9);
  });
});

describe('revenue at risk', () => {
  it('is the MRR of the high band, and apart from it what is lost on the average', () => {
    const members = [
      { band: 'high' as const, probability: 0.5, mrrMinor: 3000, otherMrr: {} },
      { band: 'medium' as const, probability: 0.1, mrrMinor: 1000, otherMrr: { MXN: 500 } },
    ];
    expect(revenueAtRisk(members, 'USD')).toEqual({
      highBand: new Map([['USD', 3000]]),
      expectedLoss: new Map([
        ['USD', 1600],
        ['MXN', 50],
      ]),
    });
    expect(revenueAtRisk([], 'USD')).toEqual({ highBand: new Map(), expectedLoss: new Map() });
  });
});
