import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Membership, MembershipChange, Payment, Plan } from '../../src/domain/facts.ts';
import { type CustomerFacts, membershipRecords } from '../../src/domain/membership-record.ts';
import { mrrTimeline, totalOf } from '../../src/domain/timeline.ts';
import { at, membership, nothingOf, payment, plan, plansById } from '../support/facts.ts';

const plans = [
  plan(),
  plan({ id: 'plan_yearly', billingPeriodDays: 365 }),
  plan({ id: 'plan_pesos', currency: 'MXN' }),
  plan({ id: 'plan_lifetime', planType: 'one_time', billingPeriodDays: null }),
];

function facts(known: Partial<CustomerFacts>): CustomerFacts {
  return { ...nothingOf, ...known };
}

function timeline(customer: CustomerFacts, reportingCurrency = 'USD', known: Plan[] = plans) {
  return mrrTimeline(membershipRecords(customer, { plans: plansById(...known), reportingCurrency }));
}

/** MRR from each day on, by currency: `{ USD: ['2026-01-01 1000', …] }`. */
function steps(customer: CustomerFacts, reportingCurrency?: string): Record<string, string[]> {
  const byCurrency = [...timeline(customer, reportingCurrency)].map(([currency, states]) => [
    currency,
    states.map((state) => `${new Date(state.at).toISOString().slice(0, 10)} ${totalOf(state)}`),
  ]);
  return Object.fromEntries(byCurrency);
}

function deactivated(iso: string, membershipId = 'mem_1'): MembershipChange {
  return { membershipId, change: 'deactivated', at: at(iso) };
}

/** One membership with one price from a day on, on a plan of its own. */
function subscription(id: string, day: string, { planId = 'plan_monthly', totalMinor = 1000 } = {}) {
  return {
    membership: membership({ id, planId, createdAt: at(day), updatedAt: at(day) }),
    payment: payment({ id: `pay_${id}`, membershipId: id, planId, totalMinor, paidAt: at(day) }),
  };
}

describe('the MRR of a customer', () => {
  it('is the latest price while the membership is on', () => {
    const payments = [payment({ paidAt: at('2026-02-01'), totalMinor: 1500 }), payment()];
    expect(steps(facts({ memberships: [membership()], payments, changes: [deactivated('2026-03-01')] }))).toEqual({
      USD: ['2026-01-01 1000', '2026-02-01 1500', '2026-03-01 0'],
    });
  });

  it('begins with a payment, not with a trial', () => {
    const trial = membership({ status: 'trialing' });
    expect(steps(facts({ memberships: [trial] }))).toEqual({});
    expect(steps(facts({ memberships: [trial], payments: [payment({ paidAt: at('2026-01-08') })] }))).toEqual({
      USD: ['2026-01-08 1000'],
    });
  });

  it('stays through a click on cancel and through past due, until Whop ends the membership', () => {
    const told: Partial<Membership> = { status: 'past_due', cancelAtPeriodEnd: true, updatedAt: at('2026-02-10') };
    expect(steps(facts({ memberships: [membership(told)], payments: [payment()] }))).toEqual({
      USD: ['2026-01-01 1000'],
    });
  });

  it('ends on the day after a cancelled period: paid from 15 April to 15 June', () => {
    const told = { createdAt: at('2026-04-15'), status: 'canceled', canceledAt: at('2026-06-08') };
    const ended = membership({ ...told, updatedAt: at('2026-06-15'), renewalPeriodEnd: at('2026-06-15') });
    const payments = [payment({ paidAt: at('2026-04-15') }), payment({ paidAt: at('2026-05-15') })];
    expect(steps(facts({ memberships: [ended], payments }))).toEqual({
      USD: ['2026-04-15 1000', '2026-06-15 0'],
    });
  });

  it('comes from payments alone where nothing else is known of the membership', () => {
    expect(steps(facts({ payments: [payment()] }))).toEqual({ USD: ['2026-01-01 1000'] });
  });

  it('is nothing for a one-time purchase', () => {
    const bought = subscription('mem_1', '2026-01-01', { planId: 'plan_lifetime' });
    expect(steps(facts({ memberships: [bought.membership], payments: [bought.payment] }))).toEqual({});
  });

  it('of a yearly plan of $2,000 rises by $60 and falls again to nothing', () => {
    const yearly = subscription('mem_1', '2026-01-01', { planId: 'plan_yearly', totalMinor: 200_000 });
    const extra = subscription('mem_2', '2026-02-01', { totalMinor: 6000 });
    const known = facts({
      memberships: [yearly.membership, extra.membership],
      payments: [yearly.payment, extra.payment],
      changes: [deactivated('2026-03-01', 'mem_2'), deactivated('2027-01-01')],
    });
    expect(steps(known)).toEqual({
      USD: ['2026-01-01 16667', '2026-02-01 22667', '2026-03-01 16667', '2027-01-01 0'],
    });
  });

  it('never adds two currencies', () => {
    const pesos = payment({
      id: 'pay_mxn',
      membershipId: 'mem_2',
      planId: 'plan_pesos',
      currency: 'MXN',
      totalMinor: 20_000,
    });
    expect(steps(facts({ payments: [payment(), pesos] }))).toEqual({
      USD: ['2026-01-01 1000'],
      MXN: ['2026-01-01 20000'],
    });
  });

  it('moves between currencies when a price loses its rate', () => {
    const paid = (day: string, totalMinor: number, usdTotalMinor: number | null) =>
      payment({ paidAt: at(day), planId: 'plan_pesos', currency: 'MXN', totalMinor, usdTotalMinor });
    expect(steps(facts({ payments: [paid('2026-01-01', 20_000, 1000), paid('2026-02-01', 30_000, null)] }))).toEqual({
      USD: ['2026-01-01 1000', '2026-02-01 0'],
      MXN: ['2026-02-01 30000'],
    });
  });
});

describe('a fall to zero', () => {
  const switching = (endsAt: string, risesAt: string) => {
    const [old, next] = [subscription('mem_1', '2026-01-01'), subscription('mem_2', risesAt, { totalMinor: 3000 })];
    return facts({
      memberships: [old.membership, next.membership],
      payments: [old.payment, next.payment],
      changes: [deactivated(endsAt)],
    });
  };

  it('is bridged where a rise follows within 24 hours', () => {
    expect(steps(switching('2026-02-01T12:00:00Z', '2026-02-02T12:00:00Z'))).toEqual({
      USD: ['2026-01-01 1000', '2026-02-02 3000'],
    });
  });

  it('is churn where the rise comes later', () => {
    expect(steps(switching('2026-02-01T12:00:00Z', '2026-02-02T12:00:00.001Z'))).toEqual({
      USD: ['2026-01-01 1000', '2026-02-01 0', '2026-02-02 3000'],
    });
  });

  it('is bridged whatever else happens at zero meanwhile', () => {
    const known = switching('2026-02-01T12:00:00Z', '2026-02-02T12:00:00Z');
    const free = subscription('mem_3', '2026-02-01T18:00:00Z', { totalMinor: 0 });
    const memberships = [...known.memberships, free.membership];
    expect(steps(facts({ ...known, memberships, payments: [...known.payments, free.payment] }))).toEqual({
      USD: ['2026-01-01 1000', '2026-02-02 3000'],
    });
  });
});

describe('a timeline', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((days) => at('2026-01-01') + days * 864e5);
  const membershipId = fc.constantFrom('mem_1', 'mem_2', 'mem_3');
  const planId = fc.constantFrom(...plans.map(({ id }) => id));
  const payments = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1 }),
      membershipId,
      planId,
      paidAt: day,
      totalMinor: fc.integer({ min: 0, max: 9999 }),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  );
  const changes = fc.array(
    fc.record({ membershipId, at: day, change: fc.constantFrom('activated' as const, 'deactivated' as const) }),
    { maxLength: 6 },
  );
  const memberships = fc.uniqueArray(
    fc.record({ id: membershipId, planId, createdAt: day, status: fc.constantFrom('active', 'canceled', 'drafted') }),
    { selector: ({ id }) => id },
  );
  const customers = fc.record({ memberships, changes, payments }).map(
    (known): CustomerFacts => ({
      ...nothingOf,
      memberships: known.memberships.map((told) => membership(told)),
      changes: known.changes,
      payments: known.payments.map((told): Payment => payment(told)),
    }),
  );
  const asList = (customer: CustomerFacts) =>
    [...timeline(customer)].map(([currency, states]) => [currency, states.map((s) => [s.at, [...s.byPlan].sort()])]);

  it('is the same whatever the order of the facts', () => {
    fc.assert(
      fc.property(customers, (known) => {
        const reversed = facts({
          memberships: known.memberships.toReversed(),
          changes: known.changes.toReversed(),
          payments: known.payments.toReversed(),
        });
        expect(asList(reversed).sort()).toEqual(asList(known).sort());
      }),
    );
  });

  it('goes forward in time and is never negative', () => {
    fc.assert(
      fc.property(customers, (known) => {
        for (const states of timeline(known).values()) {
          states.forEach((state, i) => {
            expect(state.at).toBeGreaterThan(states[i - 1]?.at ?? -Infinity);
            expect(Math.min(...state.byPlan.values(), 0)).toBe(0);
          });
        }
      }),
    );
  });
});
