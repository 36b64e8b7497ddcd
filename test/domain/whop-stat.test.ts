import { describe, expect, it } from 'vitest';
import { levelOf, type StatPoint, sumOf } from '../../src/domain/whop-stat.ts';
import { at } from './../support/facts.ts';

function point(day: string, value: number | null, byCurrency: StatPoint['byCurrency'] = null): StatPoint {
  return { at: at(day), value, byCurrency };
}

const askedAt = at('2026-03-03T12:00:00Z');

describe('a level', () => {
  it('is its last point, as of now where that day isn’t over', () => {
    const points = [point('2026-03-02', 5), point('2026-03-03', 7)];
    expect(levelOf(points, askedAt)).toMatchObject({ value: 7, asOf: askedAt });
  });

  it('is the last that isn’t a gap, as of the end of its day', () => {
    const points = [point('2026-03-01', 4), point('2026-03-02', 5), point('2026-03-03', null)];
    expect(levelOf(points, askedAt)).toMatchObject({ value: 5, asOf: at('2026-03-03') - 1 });
    expect(levelOf([point('2026-03-03', 0)], askedAt)).toMatchObject({ value: 0 });
    expect(levelOf([point('2026-03-03', null)], askedAt)).toBe(null);
    expect(levelOf([], askedAt)).toBe(null);
  });
});

describe('a flow', () => {
  const days = { from: '2026-03-01', to: '2026-03-02' };

  it('is the sum of its days', () => {
    expect(sumOf([point('2026-03-01', 4), point('2026-03-02', 0)], days)).toEqual({ value: 4, byCurrency: null });
    const usd = new Map([['USD', 2]]);
    const both = new Map([...usd, ['MXN', 9]]);
    expect(sumOf([point('2026-03-01', 4, usd), point('2026-03-02', 5, both)], days)?.byCurrency).toEqual(
      new Map([
        ['USD', 4],
        ['MXN', 9],
      ]),
    );
  });

  it('is unknown with a gap, or a day too few', () => {
    expect(sumOf([point('2026-03-01', 4), point('2026-03-02', null)], days)).toBe(null);
    expect(sumOf([point('2026-03-01', 4)], days)).toBe(null);
  });
});
