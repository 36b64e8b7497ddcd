import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../src/domain/churn/member-history.ts';
import { labelKnownAt, leavesSoon, spellAt, spellsOf } from '../../../src/domain/churn/spells.ts';

const days = (start: number, end: number) => ({ start: start * dayMs, end: end * dayMs });
const forever = Number.POSITIVE_INFINITY;

describe('a spell', () => {
  it('goes on through a plan switch and through seven days without a membership', () => {
    expect(spellsOf([days(0, 30), days(30, 60)])).toMatchObject([days(0, 60)]);
    expect(spellsOf([days(0, 30), days(37, 60)])).toMatchObject([days(0, 60)]);
  });

  it('ends where somebody comes back later than that', () => {
    expect(spellsOf([days(0, 30), { start: 37 * dayMs + 1, end: forever }])).toHaveLength(2);
  });

  it('isn’t cut short by a membership that lies within another', () => {
    expect(spellsOf([days(0, 60), days(10, 20)])).toMatchObject([days(0, 60)]);
  });

  it('is entered where the history begins, and not seen if it was over by then', () => {
    expect(spellsOf([days(0, 30), days(50, 90)], 60 * dayMs)).toEqual([{ ...days(50, 90), entry: 60 * dayMs }]);
    expect(spellAt(spellsOf([days(50, 90)], 60 * dayMs), 55 * dayMs)).toBeUndefined();
  });

  it('is the same in whatever order memberships are told', () => {
    const stretch = fc
      .tuple(fc.nat(200), fc.integer({ min: 1, max: 60 }))
      .map(([start, days_]) => days(start, start + days_));
    fc.assert(
      fc.property(fc.array(stretch, { maxLength: 8 }), (stretches) => {
        const spells = spellsOf(stretches);
        expect(spellsOf(stretches.toReversed())).toEqual(spells);
        for (const { start, end } of stretches) expect(spells.some((s) => s.start <= start && end <= s.end)).toBe(true);
        for (const [i, { end }] of spells.entries())
          expect((spells[i + 1]?.start ?? forever) - end).toBeGreaterThan(7 * dayMs);
      }),
    );
  });
});

describe('the label', () => {
  it('is leaving within 30 days', () => {
    const [spell] = spellsOf([days(0, 30)]);
    expect(spell && leavesSoon(spell, 0)).toBe(true);
    expect(spell && leavesSoon(spell, -1)).toBe(false);
  });

  it('is known once 30 days and the seven to come back in have passed', () => {
    expect(labelKnownAt(0)).toBe(37 * dayMs);
  });
});
