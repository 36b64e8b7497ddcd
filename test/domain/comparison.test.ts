import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agrees, type Evidence, reasonOf } from '../../src/domain/comparison.ts';

function evidence(differs: Partial<Evidence> = {}): Evidence {
  return {
    unit: 'money',
    currency: 'USD',
    whop: 100_000,
    ours: 120_000,
    pastDue: null,
    oursInUtc: null,
    unconverted: [],
    byCurrency: null,
    ...differs,
  };
}

const mxn = { currency: 'MXN', amount: 20_000 };

describe('two figures agree', () => {
  it.each([
    ['the same count', 'count', 7, 7, true],
    ['a count beside it', 'count', 1_000_000, 1_000_001, false],
    ['a minor unit apart', 'money', 3, 4, true],
    ['two minor units apart, of little', 'money', 3, 5, false],
    ['half a percent apart', 'money', 199_000, 200_000, true],
    ['a little more apart', 'money', 198_999, 200_000, false],
    ['nothing and nothing', 'money', 0, 0, true],
    ['below nothing', 'money', -200_000, -199_000, true],
  ] as const)('%s', (_how, unit, a, b, expected) => {
    expect(agrees(unit, a, b)).toBe(expected);
    expect(agrees(unit, b, a)).toBe(expected);
  });
});

describe('the reason of a difference', () => {
  it('is what is past due, where Whop’s and that make ours', () => {
    expect(reasonOf(evidence({ pastDue: 20_000 }))).toEqual({ kind: 'past_due', amount: 20_000 });
    expect(reasonOf(evidence({ unit: 'count', whop: 10, ours: 12, pastDue: 2 }))).toEqual({
      kind: 'past_due',
      amount: 2,
    });
  });

  it('is not what is past due, where that makes another number', () => {
    expect(reasonOf(evidence({ pastDue: 22_001 }))).toEqual({ kind: 'unknown' });
    expect(reasonOf(evidence({ pastDue: 17_999 }))).toEqual({ kind: 'unknown' });
    expect(reasonOf(evidence({ pastDue: 0 }))).toEqual({ kind: 'unknown' });
    expect(reasonOf(evidence({ unit: 'count', whop: 10, ours: 12, pastDue: 1 }))).toEqual({ kind: 'unknown' });
    // Whop says more than we do: what it leaves out can't be why.
    expect(reasonOf(evidence({ whop: 140_000, pastDue: 20_000 }))).toEqual({ kind: 'unknown' });
  });

  it('explains nine tenths of it, or isn’t named', () => {
    const whop = 10_000_000;
    const ours = 10_100_000;
    expect(reasonOf(evidence({ whop, ours, pastDue: 90_000 }))).toMatchObject({ kind: 'past_due' });
    // The rest would be within the tolerance, but a part of a reason is none.
    expect(reasonOf(evidence({ whop, ours, pastDue: 89_999 }))).toEqual({ kind: 'unknown' });
  });

  it('is the zone, where days of UTC make Whop’s number', () => {
    expect(reasonOf(evidence({ oursInUtc: 100_000 }))).toEqual({ kind: 'time_zone' });
    expect(reasonOf(evidence({ oursInUtc: 110_000 }))).toEqual({ kind: 'unknown' });
    expect(reasonOf(evidence({ oursInUtc: 120_000 }))).toEqual({ kind: 'unknown' });
  });

  it('is the conversion, where currency by currency both say the same', () => {
    const ours = new Map([
      ['USD', 100_000],
      ['MXN', 20_000],
    ]);
    const proven = { kind: 'currency', amounts: [mxn], proven: true };
    expect(reasonOf(evidence({ byCurrency: { whop: new Map(ours), ours } }))).toEqual(proven);
    const almost = new Map([...ours, ['MXN', 20_100]]);
    expect(reasonOf(evidence({ byCurrency: { whop: almost, ours } }))).toEqual(proven);
  });

  it('is not the conversion, where a currency differs, or where there is only one', () => {
    const usd = new Map([['USD', 100_000]]);
    const two = new Map([...usd, ['MXN', 20_000]]);
    const more = new Map([...usd, ['MXN', 20_101]]);
    for (const byCurrency of [
      { whop: more, ours: two },
      { whop: usd, ours: two },
      { whop: two, ours: usd },
      { whop: usd, ours: usd },
    ]) {
      expect(reasonOf(evidence({ whop: 130_000, unconverted: [mxn], byCurrency }))).toEqual({ kind: 'unknown' });
    }
  });

  it('may be the conversion, where Whop says more and doesn’t tell its parts', () => {
    const possible = { kind: 'currency', amounts: [mxn], proven: false };
    expect(reasonOf(evidence({ whop: 130_000, unconverted: [mxn] }))).toEqual(possible);
    expect(reasonOf(evidence({ whop: 110_000, unconverted: [mxn] }))).toEqual({ kind: 'unknown' });
    expect(reasonOf(evidence({ whop: 130_000 }))).toEqual({ kind: 'unknown' });
  });

  it('is never claimed of numbers that don’t bear it out', () => {
    const amount = fc.integer({ min: 0, max: 10_000_000 });
    const told = fc.record({ whop: amount, ours: amount, pastDue: amount, oursInUtc: amount });
    fc.assert(
      fc.property(told, (numbers) => {
        const reason = reasonOf(evidence(numbers));
        if (reason.kind === 'past_due')
          expect(agrees('money', numbers.whop + numbers.pastDue, numbers.ours)).toBe(true);
        if (reason.kind === 'time_zone') expect(agrees('money', numbers.whop, numbers.oursInUtc)).toBe(true);
      }),
    );
  });
});
