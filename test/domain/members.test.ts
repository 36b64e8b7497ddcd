import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Membership } from '../../src/domain/facts.ts';
import { memberFigures } from '../../src/domain/member-figures.ts';
import { accessByProduct, stockByDay, stockByScope } from '../../src/domain/revenue-breakdown.ts';
import { booksOf, courseOf, scopesOf, viewOf } from '../support/books.ts';
import type { CompanyFacts } from '../support/customers-of.ts';
import { at, julyIn, membership, noFacts, plan } from '../support/facts.ts';

const july = julyIn('UTC');

function books(facts: Partial<CompanyFacts>, timeZone = 'UTC') {
  const settings = { timeZone, weekStart: 'monday', reportingCurrency: 'USD' } as const;
  return booksOf({ ...noFacts, plans: [plan()], ...facts }, settings, july.asOf);
}

let next = 0;
/** Somebody with one membership from a day on, until another where one is given. */
function person(from: string, until?: string, told: Partial<Membership> = {}): Membership {
  next += 1;
  const end =
    until === undefined ? {} : { status: 'expired', renewalPeriodEnd: at(until), updatedAt: at('2026-12-31') };
  return membership({ id: `mem_${next}`, userId: `user_${next}`, createdAt: at(from), ...end, ...told });
}

describe('members', () => {
  it('are people with a membership that is on, whatever they pay', () => {
    const memberships = [
      person('2026-06-01'),
      person('2026-06-01', '2026-07-10'),
      person('2026-07-05'),
      person('2026-07-06', '2026-07-20'),
      person('2026-07-07', undefined, { status: 'drafted' }),
      person('2026-08-01'),
    ];
    expect(memberFigures(viewOf(books({ memberships }), july))).toEqual({
      members: { value: 2 },
      joined: { value: 2 },
      left: { value: 2 },
      growth_rate: { value: 0 },
      member_churn_rate: { value: 0.5 },
    });
  });

  it('count once with two memberships, and a day in and out is neither joined nor left', () => {
    const both = [person('2026-07-02'), person('2026-07-03')].map((one) => ({ ...one, userId: 'user_both' }));
    const brief = person('2026-07-05T08:00:00Z', '2026-07-05T20:00:00Z');
    const found = (zone: string) => memberFigures(viewOf(books({ memberships: [...both, brief] }, zone), julyIn(zone)));
    expect(found('UTC')).toMatchObject({ members: { value: 1 }, joined: { value: 1 }, left: { value: 0 } });
    expect(found('Asia/Tokyo')).toMatchObject({ joined: { value: 2 }, left: { value: 1 } });
  });

  it('have no rates where there were none', () => {
    const figures = memberFigures(viewOf(books({ memberships: [person('2026-07-05')] }), july));
    expect(figures.growth_rate).toEqual({
      value: null,
      unavailable: 'there were no members at the start of this period',
    });
  });

  it('at the end are those at the start, plus joined, minus left, in any zone', () => {
    const day = fc.integer({ min: 0, max: 150 }).map((half) => at('2026-06-01') + half * 43_200_000);
    const life = fc.tuple(day, day, fc.boolean());
    const zones = fc.constantFrom('UTC', 'America/Santiago', 'Asia/Kolkata');
    fc.assert(
      fc.property(fc.array(life, { maxLength: 10 }), zones, (lives, zone) => {
        const memberships = lives.map(([a, b, ends]) => {
          const told = { createdAt: Math.min(a, b), updatedAt: at('2026-12-31') };
          const end = ends ? { status: 'expired', renewalPeriodEnd: Math.max(a, b) } : {};
          return person('2026-06-01', undefined, { ...told, ...end });
        });
        const known = books({ memberships }, zone);
        const there = julyIn(zone);
        const { members, joined, left } = memberFigures(viewOf(known, there));
        const before = memberFigures(viewOf(known, { ...there, asOf: there.start - 1 })).members.value ?? 0;
        expect(members.value).toBe(before + (joined.value ?? 0) - (left.value ?? 0));
        expect(stockByDay('members', '', courseOf(known, there)).at(-1)?.value).toBe(members.value);
      }),
    );
  });
});

describe('by plan and product', () => {
  it('somebody on two counts on both', () => {
    const one = person('2026-06-01', undefined, { planId: 'plan_a', productId: 'prod_a' });
    const other = { ...person('2026-07-05', undefined, { planId: 'plan_b', productId: 'prod_a' }), userId: one.userId };
    const gone = person('2026-06-01', '2026-07-10', { planId: 'plan_b', productId: 'prod_b' });
    const known = books({ memberships: [one, other, gone] });
    expect(stockByScope('plan', 'members', scopesOf(known, 'plan', july))).toEqual([
      { id: 'plan_a', count: 1 },
      { id: 'plan_b', count: 1 },
    ]);
    expect(accessByProduct(scopesOf(known, 'product', july))).toEqual([
      { productId: 'prod_a', active: 1, granted: 0, ended: 0 },
      { productId: 'prod_b', active: 0, granted: 0, ended: 1 },
    ]);
  });
});
