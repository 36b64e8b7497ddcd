import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { periodAt, periodNames } from '../../src/domain/calendar.ts';
import { cashFigures } from '../../src/domain/cash-figures.ts';
import { memberFigures } from '../../src/domain/member-figures.ts';
import { recurringFigures } from '../../src/domain/recurring-figures.ts';
import {
  movementsByDay,
  netRevenueByDay,
  revenueByPlan,
  stockByDay,
  stockByScope,
} from '../../src/domain/revenue-breakdown.ts';
import { scopeOf, wholeCompany } from '../../src/domain/scope.ts';
import { subscriptionFigures } from '../../src/domain/subscription-figures.ts';
import type { View } from '../../src/domain/sums.ts';
import type { Delivery } from '../../src/ingest/delivery.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { rebuildCompany } from '../../src/ingest/rebuild.ts';
import { reports, statNames } from '../../src/reports/index.ts';
import type { Report } from '../../src/reports/report.ts';
import { booksOf, courseOf, planChangesOf, scopesOf, viewOf } from '../support/books.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, plansById } from '../support/facts.ts';
import { deliveriesOf, type Telling, tellings, told } from '../support/random-community.ts';
import { dumpBooks, readCompanyFacts } from '../support/stored-facts.ts';

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

const zones = fc.constantFrom('UTC', 'America/Santiago', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Europe/Berlin');
const currencies = fc.constantFrom('USD', 'EUR', null);
const settingsOf = fc
  .record({ timeZone: zones, reportingCurrency: currencies })
  .map((some) => ({ ...some, weekStart: 'monday' as const }));
type Settings = typeof settingsOf extends fc.Arbitrary<infer T> ? T : never;

let next = 0;
/** Sends deliveries, some at a time, to a company that nobody has heard of. */
async function send(deliveries: (companyId: string) => Delivery[], settings: Settings): Promise<string> {
  next += 1;
  const companyId = `biz_${next}`;
  const ingest = createIngest({ pool: testDatabase.database.pool, log: pino({ level: 'silent' }), settings });
  const sent = deliveries(companyId);
  for (let first = 0; first < sent.length; first += 7) {
    const outcomes = await Promise.all(sent.slice(first, first + 7).map((delivery) => ingest.record(delivery)));
    expect(new Set(outcomes)).toEqual(new Set(['recorded']));
  }
  return companyId;
}

function figuresIn({ figures }: Report): object {
  return Object.fromEntries(
    figures.map(({ key, value, previous, unavailable, otherCurrencies }) => [
      key,
      { value, previous, ...(unavailable ? { unavailable } : {}), ...(otherCurrencies ? { otherCurrencies } : {}) },
    ]),
  );
}

function rowsOf(report: Report, key: string) {
  return report.tables.find((table) => table.key === key)?.rows;
}

/** All that a company can be told of its books, to the letter. */
async function everyReport(companyId: string, settings: Settings): Promise<string> {
  const question = { companyId, period: '90d', now: at('2026-06-01T10:00:00Z') } as const;
  const answers: Report[] = [];
  for (const name of statNames) {
    answers.push(await reports[name](question, { database: testDatabase.database, settings }));
  }
  return JSON.stringify(answers);
}

describe('the books', () => {
  const now = fc.integer({ min: 0, max: 24 * 100 }).map((hours) => at('2026-03-05T00:30:00Z') + hours * 3_600_000);
  const planId = fc.constantFrom(undefined, 'plan_month', 'plan_trial');

  it('answer as the facts do, instant by instant, wherever the clock of the question stands', async () => {
    await fc.assert(
      fc.asyncProperty(tellings, settingsOf, now, planId, fc.constantFrom(...periodNames), async (...drawn) => {
        const [some, settings, clock, plan, name] = drawn;
        const companyId = await send((id) => deliveriesOf(id, some), settings);
        const question = { companyId, period: name, now: clock, planId: plan };
        const sources = { database: testDatabase.database, settings };
        const facts = await readCompanyFacts(testDatabase.database.pool, companyId);
        const books = booksOf(facts, settings, clock);
        const scope = plan === undefined ? wholeCompany : scopeOf('plan', plan);
        const period = periodAt(name, clock, settings);
        const [during, before] = [viewOf(books, period, scope), viewOf(books, period.previous, scope)];
        const both = (figures: (view: View) => object) => paired(figures(during), figures(before));

        const revenue = await reports.revenue(question, sources);
        expect(revenue.currency).toBe(books.currency);
        expect(figuresIn(revenue)).toEqual(both((view) => ({ ...recurringFigures(view), ...cashFigures(view) })));
        const course = courseOf(books, period, scope);
        expect(revenue.series.map(({ points }) => points)).toEqual([
          stockByDay('mrr', books.currency, course),
          netRevenueByDay(books.currency, course),
        ]);
        expect(rowsOf(revenue, 'movements')).toEqual(
          movementsByDay(course.days).map(({ amountMinor, ...row }) => ({ ...row, amount: amountMinor })),
        );
        const plans = onlyIn(scope, scopesOf(books, 'plan', period));
        expect(
          rowsOf(revenue, 'revenue_by_plan')?.map(({ plan_id, currency, mrr }) => [plan_id, currency, mrr]),
        ).toEqual(revenueByPlan(plans, books.currency).map((row) => [row.planId, row.currency, row.mrr]));

        const members = await reports.members(question, sources);
        expect(figuresIn(members)).toMatchObject(both(memberFigures));
        expect(rowsOf(members, 'members_by_plan')?.map((row) => [row.plan_id, row.members])).toEqual(
          stockByScope('plan', 'members', plans).map(({ id, count }) => [id, count]),
        );
        if (plan === undefined) {
          const subscriptions = await reports.subscriptions(question, sources);
          const terms = plansById(...facts.plans);
          expect(figuresIn(subscriptions)).toEqual(
            both((view) => subscriptionFigures(view, { changes: planChangesOf(books, view.stretch), plans: terms })),
          );
        }
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 120_000);

  it('are the same whatever the order, repetition and grouping of the deliveries, as made anew, and beside others', async () => {
    const pool = testDatabase.database.pool;
    await fc.assert(
      fc.asyncProperty(tellings, settingsOf, fc.infiniteStream(fc.nat()), async (some, settings, random) => {
        const first = await send((id) => deliveriesOf(id, some), settings);
        const alone = await everyReport(first, settings);
        const shuffled = await send((id) => {
          const all = deliveriesOf(id, some);
          const repeated = [...all, ...all.filter((_, i) => i % 3 === 0)];
          return repeated
            .map((delivery) => ({ delivery, rank: random.next().value ?? 0 }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ delivery }) => delivery);
        }, settings);
        expect(await everyReport(first, settings)).toBe(alone);
        const kept = await dumpBooks(pool, first);
        expect(await dumpBooks(pool, shuffled)).toEqual(kept);
        await rebuildCompany(pool, first, settings);
        expect(await dumpBooks(pool, first)).toEqual(kept);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }, 120_000);
});

it('follow a membership to another plan with the payments that name none, told long before', async () => {
  const settings = { timeZone: 'UTC', reportingCurrency: 'USD', weekStart: 'monday' } as const;
  const planIs = (planId: string, day: string) =>
    told('membership', 'mem_1', { userId: 'user_1', planId, status: 'active', updatedAt: at(day) }, at(day));
  const paid = { userId: 'user_1', membershipId: 'mem_1', status: 'paid', currency: 'USD', totalMinor: 1000 };
  const story = [
    told('payment', 'pay_1', { ...paid, paidAt: at('2026-05-10') }, at('2026-05-10')),
    planIs('plan_month', '2026-05-11'),
    planIs('plan_week', '2026-05-20'),
  ];
  const ingest = createIngest({ pool: testDatabase.database.pool, log: pino({ level: 'silent' }), settings });
  for (const delivery of deliveriesOf('biz_switch', story)) await ingest.record(delivery);
  const kept = await dumpBooks(testDatabase.database.pool, 'biz_switch');
  expect(kept.book_flow?.map((row) => JSON.parse(row).plan_id)).toEqual(['plan_week']);
  await rebuildCompany(testDatabase.database.pool, 'biz_switch', settings);
  expect(await dumpBooks(testDatabase.database.pool, 'biz_switch')).toEqual(kept);
});

it.each(['mem_b', null])(
  'give up what else was known of a membership that a payment leaves for %s',
  async (membershipId) => {
    const settings = { timeZone: 'UTC', reportingCurrency: 'USD', weekStart: 'monday' } as const;
    const terms = { planType: 'renewal', billingPeriodDays: 30, currency: 'USD', renewalPriceMinor: 1000 };
    const paid = { userId: 'user_1', membershipId: 'mem_a', planId: 'plan_1', status: 'paid', currency: 'USD' };
    const story: Telling[] = [
      told('plan', 'plan_1', terms, at('2026-03-01')),
      told('payment', 'pay_1', { ...paid, totalMinor: 1000, paidAt: at('2026-03-01') }, at('2026-03-01')),
      () => ({ snapshots: [], changes: [{ membershipId: 'mem_a', change: 'deactivated', at: at('2026-03-06') }] }),
      told('payment', 'pay_1', { membershipId }, at('2026-03-10')),
    ];
    const companyId = `biz_left_for_${membershipId}`;
    const ingest = createIngest({ pool: testDatabase.database.pool, log: pino({ level: 'silent' }), settings });
    for (const delivery of deliveriesOf(companyId, story)) await ingest.record(delivery);
    const kept = await dumpBooks(testDatabase.database.pool, companyId);
    await rebuildCompany(testDatabase.database.pool, companyId, settings);
    expect(await dumpBooks(testDatabase.database.pool, companyId)).toEqual(kept);
  },
);

function paired(now: object, before: object): object {
  const previous: Readonly<Record<string, { value: number | null }>> = { ...before };
  return Object.fromEntries(
    Object.entries(now).map(([key, value]) => [key, { ...value, previous: previous[key]?.value ?? null }]),
  );
}

function onlyIn(scope: string, scopes: ReturnType<typeof scopesOf>): ReturnType<typeof scopesOf> {
  return scope === wholeCompany ? scopes : new Map([...scopes].filter(([key]) => key === scope));
}
