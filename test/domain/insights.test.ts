import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fewestWeeks, judge, judgeCourse, naturalLimits } from '../../src/domain/insights.ts';

const value = fc.integer({ min: -1_000_000, max: 1_000_000 });
const history = fc.array(value, { minLength: fewestWeeks, maxLength: 30 });

describe('natural process limits', () => {
  it('are those of an example worked by hand', () => {
    // Mean 10, moving ranges 2 2 2 2 2 2 2: 10 ± 2.66 × 2.
    const { lower, upper } = naturalLimits([9, 11, 9, 11, 9, 11, 9, 11]);
    expect(lower).toBeCloseTo(4.68, 6);
    expect(upper).toBeCloseTo(15.32, 6);
  });

  it('move and grow with the figure: another unit, or another zero, makes nothing unusual', () => {
    fc.assert(
      fc.property(history, value, fc.integer({ min: 1, max: 1000 }), value, (earlier, now, factor, shift) => {
        const { lower, upper } = naturalLimits(earlier);
        // Whoever stands on the limit itself is moved across it by rounding alone.
        fc.pre(Math.abs(now - lower) > 0.01 && Math.abs(now - upper) > 0.01);
        const other = (one: number) => one * factor + shift;
        expect(judge(other(now), earlier.map(other))?.verdict).toBe(judge(now, earlier)?.verdict);
      }),
    );
  });

  it('hold all that varies evenly between two values', () => {
    fc.assert(
      fc.property(value, value, fc.integer({ min: fewestWeeks, max: 30 }), (a, b, length) => {
        const { lower, upper } = naturalLimits(Array.from({ length }, (_, n) => (n % 2 === 0 ? a : b)));
        expect(lower).toBeLessThanOrEqual(Math.min(a, b));
        expect(upper).toBeGreaterThanOrEqual(Math.max(a, b));
      }),
    );
  });
});

describe('a week', () => {
  it('is normal up to the limits of the weeks before it, and unusual beyond', () => {
    fc.assert(
      fc.property(history, fc.double({ min: 0.001, max: 1e6, noNaN: true }), (earlier, beyond) => {
        const { lower, upper } = naturalLimits(earlier);
        for (const limit of [lower, upper]) expect(judge(limit, earlier)?.verdict).toBe('normal');
        for (const outside of [lower - beyond, upper + beyond]) {
          expect(judge(outside, earlier)?.verdict).toBe('unusual');
        }
      }),
    );
  });

  it('is as it always was where nothing ever changed, fractions too', () => {
    const ever = Array.from({ length: 10 }, () => 0.1);
    expect(judge(0.1, ever)?.verdict).toBe('normal');
    expect(judge(0.11, ever)?.verdict).toBe('unusual');
  });

  it('isn’t judged by fewer than eight', () => {
    const weeks = (length: number) => Array.from({ length }, () => 5);
    expect(judge(500, weeks(fewestWeeks - 1))).toBeNull();
    expect(judge(500, weeks(fewestWeeks))?.verdict).toBe('unusual');
  });
});

describe('a figure’s course', () => {
  const steps = (...changes: number[]) =>
    [0, ...changes].map((_, n, all) => all.slice(0, n + 1).reduce((sum, one) => sum + one, 0));
  const steady = Array.from({ length: fewestWeeks }, () => 100);

  it('of what stands is judged by its changes: steady growth is normal, and no growth isn’t', () => {
    expect(judgeCourse(steps(...steady, 100), 'stock')).toMatchObject({ judged: 100, weeks: 8, verdict: 'normal' });
    expect(judgeCourse(steps(...steady, 0), 'stock')).toMatchObject({ judged: 0, verdict: 'unusual' });
  });

  it('of what happens is judged by its values', () => {
    expect(judgeCourse([...steady, 100], 'flow')?.verdict).toBe('normal');
    expect(judgeCourse([...steady, 101], 'flow')?.verdict).toBe('unusual');
  });

  it('begins after the last week of which nothing is known', () => {
    const [first = 0, ...others] = steady;
    expect(judgeCourse([7, null, ...steady, 100], 'flow')?.weeks).toBe(fewestWeeks);
    expect(judgeCourse([first, null, ...others, 100], 'flow')).toBeNull();
    expect(judgeCourse([...steady, 100, null], 'flow')).toBeNull();
  });
});
