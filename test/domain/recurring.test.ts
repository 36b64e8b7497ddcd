import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Membership, MembershipChange, Payment, Plan } from '../../src/domain/facts.ts';
import { recurringFigures } from '../../src/domain/recurring-figures.ts';
import { movementsByDay } from '../../src/domain/revenue-breakdown.ts';
import { booksOf, courseOf, viewOf } from '../support/books.ts';
import { at, julyIn, membership, noFacts, payment, plan } from '../support/facts.ts';

const july = julyIn('UTC');

type Known = {
  payments?: Payment[];
  changes?: MembershipChange[];
  memberships?: Membership[];
  plans?: Plan[];
  now?: string;
};

function books({ now = '2026-08-01', ...facts }: Known, timeZone = 'UTC') {
  const settings = { timeZone, weekStart: 'monday', reportingCurrency: 'USD' } as const;
  return booksOf({ ...noFacts, plans: [plan()], ...facts }, settings, at(now));
}

function figures(known: Known, stretch = july) {
  return recurringFigures(viewOf(books(known), stretch));
}

/** One customer who pays amounts from days on, and may end. */
function customer(id: string, amounts: Record<string, number>, endsOn?: string): Known {
  const payments = Object.entries(amounts).map(([day, dollars]) =>
    payment({
      id: `pay_${id}_${day}`,
      userId: id,
      membershipId: `mem_${id}`,
      paidAt: at(day),
      totalMinor: dollars * 100,
    }),
  );
  const changes: MembershipChange[] =
    endsOn === undefined ? [] : [{ membershipId: `mem_${id}`, change: 'deactivated', at: at(endsOn) }];
  return { payments, changes };
}

function together(...customers: Known[]): Known {
  return {
    payments: customers.flatMap(({ payments = [] }) => payments),
    changes: customers.flatMap(({ changes = [] }) => changes),
  };
}

function many(count: number, one: (id: string) => Known): Known {
  return together(...Array.from({ length: count }, (_, i) => one(`u${i}`)));
}

describe('movements', () => {
  it('are new, expansion, contraction, churn and reactivation', () => {
    const known = together(
      customer('new', { '2026-07-05': 10 }),
      customer('up', { '2026-06-05': 10, '2026-07-05': 25 }),
      customer('down', { '2026-06-05': 10, '2026-07-05': 4 }),
      customer('gone', { '2026-06-05': 10 }, '2026-07-05'),
    );
    const away = membership({ id: 'mem_back', userId: 'back', createdAt: at('2026-05-01') });
    const back = customer('back', { '2026-05-01': 7, '2026-07-05': 8 });
    const changes: MembershipChange[] = [
      { membershipId: 'mem_back', change: 'deactivated', at: at('2026-06-01') },
      { membershipId: 'mem_back', change: 'activated', at: at('2026-07-05') },
    ];
    const all = together(known, { ...back, changes });
    expect(figures({ ...all, memberships: [away] })).toMatchObject({
      opening_mrr: { value: 3000 },
      new_mrr: { value: 1000 },
      expansion_mrr: { value: 1500 },
      contraction_mrr: { value: 600 },
      churn_mrr: { value: 1000 },
      reactivation_mrr: { value: 800 },
      mrr: { value: 4700 },
    });
  });

  it('compare the ends of days: what comes and goes within one is none', () => {
    const back = together(customer('a', { '2026-07-05T08:00:00Z': 10 }, '2026-07-05T20:00:00Z'));
    expect(figures(back).new_mrr).toEqual({ value: 0 });
    const movements = (timeZone: string) => movementsByDay(courseOf(books(back, timeZone), july).days);
    expect(movements('UTC')).toEqual([]);
    // In Tokyo the day ends at 15:00 UTC.
    expect(movements('Asia/Tokyo').map(({ day, kind }) => [day, kind])).toEqual([
      ['2026-07-05', 'new'],
      ['2026-07-06', 'churn'],
    ]);
  });

  it('add up to the closing MRR, in each currency and in any zone', () => {
    const day = fc.integer({ min: 0, max: 120 }).map((days) => at('2026-05-01') + days * 43_200_000);
    const paid = fc.record({
      userId: fc.constantFrom('a', 'b', 'c'),
      paidAt: day,
      totalMinor: fc.integer({ min: 0, max: 5000 }),
      currency: fc.constantFrom('USD', 'MXN'),
    });
    const ended = fc.record({
      membershipId: fc.constantFrom('mem_a', 'mem_b', 'mem_c'),
      at: day,
      change: fc.constantFrom('activated' as const, 'deactivated' as const),
    });
    const zones = fc.constantFrom('UTC', 'America/Santiago', 'Asia/Kolkata');
    fc.assert(
      fc.property(
        fc.array(paid, { maxLength: 12 }),
        fc.array(ended, { maxLength: 6 }),
        zones,
        (paidList, changes, zone) => {
          const payments = paidList.map((told, i) =>
            payment({ ...told, id: `pay_${i}`, membershipId: `mem_${told.userId}` }),
          );
          const found = recurringFigures(viewOf(books({ payments, changes }, zone), julyIn(zone)));
          for (const currency of ['USD', 'MXN']) {
            const amount = (key: keyof typeof found) => {
              const other = found[key].otherCurrencies?.find((one) => one.currency === currency);
              return (currency === 'USD' ? found[key].value : other?.amount) ?? 0;
            };
            const gained = amount('new_mrr') + amount('reactivation_mrr') + amount('expansion_mrr');
            const lost = amount('contraction_mrr') + amount('churn_mrr');
            expect(amount('opening_mrr') + gained - lost).toBe(amount('mrr'));
          }
        },
      ),
    );
  });
});

describe('what stays', () => {
  it('100 customers, 12 churn, of them 1 comes back and 1 had joined meanwhile: 10 %', () => {
    const stayed = many(89, (id) => customer(`s${id}`, { '2026-06-05': 10 }));
    const left = many(10, (id) => customer(`l${id}`, { '2026-06-05': 10 }, '2026-07-10'));
    const joinedAndLeft = customer('j', { '2026-07-02': 10 }, '2026-07-20');
    const returned = together(customer('r', { '2026-06-05': 10, '2026-07-20': 10 }), {
      changes: [
        { membershipId: 'mem_r', change: 'deactivated', at: at('2026-07-10') },
        { membershipId: 'mem_r', change: 'activated', at: at('2026-07-20') },
      ],
    });
    expect(figures(together(stayed, left, joinedAndLeft, returned)).customer_churn_rate).toEqual({ value: 0.1 });
  });

  it('opening $100, churn 10, contraction 10, expansion 10: gross churn 20 %, net 10 %', () => {
    const known = together(
      customer('stays', { '2026-06-05': 60 }),
      customer('leaves', { '2026-06-05': 10 }, '2026-07-10'),
      customer('shrinks', { '2026-06-05': 20, '2026-07-10': 10 }),
      customer('grows', { '2026-06-05': 10, '2026-07-10': 20 }),
    );
    expect(figures(known)).toMatchObject({ grr: { value: 0.8 }, nrr: { value: 0.9 } });
  });

  it('new 20k, expansion 8k, churn 5k, contraction 3k: quick ratio 3.5', () => {
    const known = together(
      customer('new', { '2026-07-05': 20_000 }),
      customer('grows', { '2026-06-05': 1000, '2026-07-05': 9000 }),
      customer('leaves', { '2026-06-05': 5000 }, '2026-07-10'),
      customer('shrinks', { '2026-06-05': 4000, '2026-07-10': 1000 }),
    );
    expect(figures(known).quick_ratio).toEqual({ value: 3.5 });
  });

  it('without losses there is no quick ratio, and without customers no rate', () => {
    expect(figures(customer('new', { '2026-07-05': 10 }))).toMatchObject({
      quick_ratio: { value: null, unavailable: 'no losses' },
      customer_churn_rate: { value: null },
      grr: { value: null },
      nrr: { value: null },
    });
  });
});

describe('lifetime value', () => {
  // Each month 1 of 20 leaves and another joins, so that 20 remain.
  const steady = (months: readonly string[]) =>
    together(
      many(20 - months.length, (id) => customer(`s${id}`, { '2025-12-05': 100 })),
      ...months.map((month, i) => customer(`l${i}`, { '2025-12-05': 100 }, `2026-${month}-10`)),
      ...months.map((month, i) => customer(`j${i}`, { [`2026-${month}-12`]: 100 })),
    );

  it('of ARPU $100 at 5 % churn is $2,000', () => {
    const known = steady(['02', '03', '04', '05', '06', '07']);
    expect(figures({ ...known, now: '2026-08-01' })).toMatchObject({
      arpu: { value: 10_000 },
      ltv: { value: 200_000 },
    });
  });

  it('needs three complete months, and someone who left', () => {
    const since = (day: string) => figures(together(customer('a', { [day]: 10 }), customer('b', { [day]: 10 }))).ltv;
    expect(since('2026-05-05')).toEqual({ value: null, unavailable: 'not enough data: 2 complete months, 3 needed' });
    expect(since('2026-03-05')).toEqual({ value: null, unavailable: 'nobody left in the last complete months' });
  });
});

describe('what is so only just now', () => {
  const paid = (id: string, told: Partial<Membership>): Known => ({
    memberships: [membership({ id: `mem_${id}`, userId: id, createdAt: at('2026-06-05'), ...told })],
    ...customer(id, { '2026-06-05': 49 }),
  });
  const all = [
    ...Array.from({ length: 4 }, (_, i) => paid(`a${i}`, {})),
    paid('leaving', { cancelAtPeriodEnd: true }),
    paid('late', { status: 'past_due' }),
  ];
  const trials = Array.from({ length: 8 }, (_, i) =>
    membership({ id: `mem_t${i}`, userId: `t${i}`, status: 'trialing' }),
  );
  const known: Known = {
    ...together(...all),
    memberships: [...all.flatMap(({ memberships = [] }) => memberships), ...trials],
    now: '2026-07-31T23:59:59.999Z',
  };

  it('5 active + 8 trialing + 1 past due at $49: MRR $294, the trials beside it', () => {
    expect(figures(known)).toMatchObject({
      mrr: { value: 29_400 },
      mrr_past_due: { value: 4900 },
      committed_mrr: { value: 24_500 },
      trial_mrr: { value: 8000 },
    });
  });

  it('is unavailable for an earlier time, never guessed', () => {
    const since = {
      ...known,
      memberships: [...(known.memberships ?? []), membership({ updatedAt: at('2026-08-02') })],
    };
    const earlier = [figures({ ...known, now: '2026-08-02' }), figures(since)];
    for (const value of earlier.flatMap((one) => [one.committed_mrr, one.mrr_past_due, one.trial_mrr])) {
      expect(value).toEqual({ value: null, unavailable: 'Whop tells it only as of now, not for an earlier time' });
    }
  });
});
