import * as fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Period, periodAt, periodNames } from '../../src/domain/calendar.ts';
import type { CompanySettings } from '../../src/domain/company.ts';
import { channels } from '../../src/domain/marketing/acquisition.ts';
import { firstPrices, type OwnedPayment } from '../../src/domain/marketing/owned-payment.ts';
import { promoCodeSums, useKey } from '../../src/domain/marketing/promo-codes.ts';
import { type Scope, scopeOf, wholeCompany } from '../../src/domain/scope.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { reports } from '../../src/reports/index.ts';
import type { Report } from '../../src/reports/report.ts';
import { booksOf } from '../support/books.ts';
import { type CompanyFacts, customersOf } from '../support/customers-of.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, companyDefaults } from '../support/facts.ts';
import { deliveriesOf, type Telling, tellings, told } from '../support/random-community.ts';
import { readCompanyFacts } from '../support/stored-facts.ts';

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

let companies = 0;
async function newCompany(some: readonly Telling[], settings: CompanySettings = companyDefaults): Promise<string> {
  companies += 1;
  const companyId = `biz_${companies}`;
  await tell(companyId, some, settings);
  return companyId;
}

async function tell(companyId: string, some: readonly Telling[], settings: CompanySettings): Promise<void> {
  const ingest = createIngest({ pool: testDatabase.database.pool, log: pino({ level: 'silent' }), settings });
  await Promise.all(deliveriesOf(companyId, some).map((delivery) => ingest.record(delivery)));
}

type Asking = { companyId: string; now: number; period?: (typeof periodNames)[number]; planId?: string | undefined };

function ask(name: 'marketing' | 'revenue', question: Asking, settings: CompanySettings = companyDefaults) {
  return reports[name]({ period: 'month', ...question }, { database: testDatabase.database, settings });
}

function rowsOf({ tables }: Report, key: string) {
  return tables.find((table) => table.key === key)?.rows ?? [];
}

const august = at('2026-08-10T12:00:00Z');
const plan = { planType: 'renewal', billingPeriodDays: 30, currency: 'USD', initialPriceMinor: 0 };
const first20 = { code: 'FIRST20', percentOffBasisPoints: 2000, promoType: 'percentage' };
const catalogue = [
  told('plan', 'plan_month', { ...plan, renewalPriceMinor: 1000 }, at('2026-01-01')),
  told('promo_code', 'promo_first', first20, at('2026-01-01')),
];

function member(user: string, day: string, values: object = {}): Telling {
  const own = { userId: `user_${user}`, planId: 'plan_month', status: 'active', createdAt: at(day) };
  return told('membership', `mem_${user}`, { ...own, updatedAt: at(day), ...values }, at(day));
}

function paid(user: string, day: string, values: object = {}): Telling {
  const own = { userId: `user_${user}`, membershipId: `mem_${user}`, planId: 'plan_month', status: 'paid' };
  const amounts = { currency: 'USD', totalMinor: 1000, paidAt: at(day), billingReason: 'subscription_create' };
  return told('payment', `pay_${user}_${day}`, { ...own, ...amounts, ...values }, at(day));
}

const coded = { promoCodeId: 'promo_first', totalMinor: 800 };
const cycle = { billingReason: 'subscription_cycle' };

/** Ada and Cleo come with the code in July, Ben has been there since May; Ben and Dora leave. */
const story: Telling[] = [
  ...catalogue,
  ...[member('ada', '2026-07-01'), paid('ada', '2026-07-01', coded), paid('ada', '2026-08-01', { ...coded, ...cycle })],
  ...[member('ben', '2026-05-01'), paid('ben', '2026-05-01'), paid('ben', '2026-07-05', { ...coded, ...cycle })],
  member('ben', '2026-08-04T09:00:00Z', {
    status: 'canceled',
    createdAt: at('2026-05-01'),
    canceledAt: at('2026-08-04T09:00:00Z'),
  }),
  ...[member('dora', '2026-07-20'), paid('dora', '2026-07-20')],
];

describe('marketing', () => {
  it('is the example of docs/metrics.md', async () => {
    const report = await ask('marketing', { companyId: await newCompany(story), now: august });
    expect(rowsOf(report, 'promo_codes')).toEqual([
      {
        ...{ code: 'FIRST20', currency: 'USD', payments: 2, new_customers: 1, gross_revenue: 1600, discount: 400 },
        ...{ retained_30d: 0.5, retained_90d: null },
      },
    ]);
    expect(rowsOf(report, 'acquisition')).toEqual([
      { channel: 'direct', currency: 'USD', customers: 1, gross_revenue: 1000 },
      { channel: 'promo code', currency: 'USD', customers: 1, gross_revenue: 800 },
    ]);
    expect(rowsOf(report, 'tracking_links')).toEqual([]);
    expect(report.notes).toEqual([
      'Whop’s API tells neither tracking links nor which affiliate a customer came by: who didn’t first pay with a promo code ' +
        'is direct.',
    ]);
  });

  it('has as many new customers as revenue, and isn’t changed by a refund, another company or another order', async () => {
    const companyId = await newCompany(story);
    const question = { companyId, now: august };
    const before = await ask('marketing', question);
    const movements = rowsOf(await ask('revenue', question), 'movements').filter(({ kind }) => kind === 'new');
    const counts = (rows: Report['tables'][number]['rows']) =>
      rows.reduce((sum, row) => sum + Number(row.customers), 0);
    expect(counts(rowsOf(before, 'acquisition'))).toBe(counts(movements));

    const refund = { paymentId: 'pay_ada_2026-07-01', status: 'succeeded', currency: 'USD', amountMinor: 800 };
    await newCompany([...story, paid('elsa', '2026-07-09', coded)]);
    await tell(
      companyId,
      [told('refund', 'ref_1', { ...refund, createdAt: at('2026-07-02') }, at('2026-07-02'))],
      companyDefaults,
    );
    expect(await ask('marketing', question)).toEqual(before);
    const again = await newCompany(story.toReversed());
    expect((await ask('marketing', { companyId: again, now: august })).tables).toEqual(before.tables);
  });

  it('counts a free first month for the code, and what follows it as well', async () => {
    const free = { ...coded, totalMinor: 0 };
    const companyId = await newCompany([
      ...catalogue,
      ...[member('ada', '2026-07-02'), paid('ada', '2026-07-02', free), paid('ada', '2026-08-01', cycle)],
    ]);
    const july = await ask('marketing', { companyId, now: august });
    expect(rowsOf(july, 'promo_codes')).toMatchObject([
      { payments: 1, new_customers: 1, gross_revenue: 0, discount: null, retained_30d: 1 },
    ]);
    expect(rowsOf(july, 'acquisition')).toEqual([]);
    expect(july.notes[0]).toBe(
      'A discount is not known where of any payment it is not: nothing was paid, and the code does not tell what it would ' +
        'have cost (1 payment).',
    );
    const later = await ask('marketing', { companyId, now: at('2026-09-02') });
    expect(rowsOf(later, 'promo_codes')).toEqual([]);
    expect(rowsOf(later, 'acquisition')).toMatchObject([{ channel: 'promo code', customers: 1, gross_revenue: 1000 }]);
  });

  it('shows a code that nobody has told by its id, and other currencies by themselves', async () => {
    const peso = { currency: 'MXN', totalMinor: 20_000, promoCodeId: 'promo_unheard' };
    const euro = { currency: 'EUR', totalMinor: 800, usdTotalMinor: 900, promoCodeId: 'promo_unheard' };
    const companyId = await newCompany(
      [
        ...catalogue,
        ...[member('ada', '2026-07-01'), paid('ada', '2026-07-01', peso)],
        ...[member('ben', '2026-07-02'), paid('ben', '2026-07-02', euro)],
      ],
      { ...companyDefaults, reportingCurrency: 'USD' },
    );
    const report = await ask('marketing', { companyId, now: august });
    const of = { code: 'promo_unheard', payments: 1, new_customers: 1, discount: null };
    expect(rowsOf(report, 'promo_codes')).toMatchObject([
      { ...of, currency: 'USD', gross_revenue: 900 },
      { ...of, currency: 'MXN', gross_revenue: 20_000 },
    ]);
    expect(rowsOf(report, 'acquisition')).toMatchObject([
      { channel: 'promo code', currency: 'USD', customers: 1, gross_revenue: 900 },
      { channel: 'promo code', currency: 'MXN', customers: 1, gross_revenue: 20_000 },
    ]);
    expect(report.notes).toContain(
      'Amounts in MXN stand on lines of their own: Whop gave no rate that turns them into USD.',
    );
    expect(report.notes[0]).toContain('Whop has not told what the code takes off (2 payments)');
  });

  it('shows what affiliates brought as Whop counts it, and doesn’t name who opted out', async () => {
    const sums = (userId: string, referralsCount: number, usdRevenueMinor: number) => ({
      ...{ userId, referralsCount, usdRevenueMinor, status: 'active' },
    });
    const told1 = at('2026-08-09T03:00:00Z');
    const companyId = await newCompany([
      told('affiliate', 'aff_1', sums('user_ava', 7, 123_450), told1),
      told('affiliate', 'aff_2', sums('user_bo', 2, 5000), told1),
      told('affiliate', 'aff_3', sums('user_ces', 1, 900), told1),
      told('affiliate', 'aff_4', sums('user_dan', 0, 0), told1),
      told('customer', 'user_ava', { username: 'ava_tells', name: 'Ava' }, told1),
      told('customer', 'user_bo', { username: 'bo' }, told1),
    ]);
    await testDatabase.database.pool.query(
      `insert into opted_out (company_id, platform, user_id, since) values ($1, 'whop', 'user_bo', now())`,
      [companyId],
    );
    const report = await ask('marketing', { companyId, now: august });
    const row = (affiliate: string, customers: number, gross_revenue: number) => ({
      ...{ affiliate, currency: 'USD', customers, gross_revenue },
    });
    expect(rowsOf(report, 'affiliates')).toEqual([
      row('ava_tells', 7, 123_450),
      row('aff_3', 1, 900),
      row('opted out (1)', 2, 5000),
    ]);
    expect(report.notes).toContain(
      'What affiliates brought is Whop’s own count, in US dollars and of all time, as it was told on 2026-08-09: not of this ' +
        'period.',
    );
    const ofPlan = await ask('marketing', { companyId: await newCompany(story), now: august, planId: 'plan_month' });
    expect(rowsOf(ofPlan, 'affiliates')).toEqual([]);
    expect(ofPlan.notes).toContain('Whop sums what affiliates bring over all plans: of one alone nobody knows it.');
  });
});

type Told = { period: Period; scope: Scope; planId: string | undefined; settings: CompanySettings; now: number };

/** By the definitions alone, from all that is stored, customer by customer. */
function byDefinition(facts: CompanyFacts, { period, scope, planId, settings, now }: Told) {
  const books = booksOf(facts, settings, now);
  const planOf = new Map(facts.memberships.map((one) => [one.id, one.planId]));
  const customers = [...customersOf(facts)].map(([customerId, own], i) => {
    const payments = own.payments.map(
      (payment): OwnedPayment => ({
        ...payment,
        customerId,
        membershipPlanId: planOf.get(payment.membershipId ?? '') ?? null,
      }),
    );
    const stocks = books.customers[i]?.stocks ?? [];
    const people = stocks.filter((entry) => entry.scope === scope && entry.currency === '');
    const paying = people.flatMap(({ at: when, amounts, paidSince }) => {
      const change = amounts.paying_customers ?? 0;
      return change === 0 ? [] : [{ customerId, at: when, change, paidSince }];
    });
    return { customerId, payments, paying };
  });
  const all = customers.flatMap(({ payments }) => payments);
  const codedOnes = all.flatMap(({ promoCodeId, membershipPlanId, ...own }) =>
    promoCodeId === null ? [] : [{ ...own, promoCodeId, planId: own.planId ?? membershipPlanId }],
  );
  const paidIn = (start: number, end: number) =>
    codedOnes.filter(({ paidAt }) => paidAt !== null && start <= paidAt && paidAt < end);
  const lateOnes = new Set(
    customers
      .filter(({ paying: [first] }) => (first?.paidSince ?? period.start) < period.start)
      .map((c) => c.customerId),
  );
  const plans = new Map(facts.plans.map((one) => [one.id, one]));
  const firsts = firstPrices(all, plans, planId);
  const before = paidIn(Number.NEGATIVE_INFINITY, period.start).filter(
    (one) =>
      ['paid', 'unresolved', 'refunded', 'partially_refunded'].includes(one.status ?? '') &&
      (planId === undefined || one.planId === planId),
  );
  const { sums } = promoCodeSums(
    {
      payments: paidIn(period.start, period.end),
      usedBefore: new Set(before.map(useKey)),
      firstPrices: new Map([...firsts].filter(([id]) => !lateOnes.has(id))),
      paying: customers.flatMap(({ paying }) => paying),
      codes: new Map(),
      plans,
    },
    { now, timeZone: settings.timeZone, currency: books.currency, planId },
  );
  const begun = customers.filter(({ paying: [first] }) => {
    return (
      first !== undefined &&
      period.start <= first.at &&
      first.at < period.end &&
      (first.paidSince ?? first.at) >= period.start
    );
  });
  const viaCode = begun.filter(({ customerId }) => (firsts.get(customerId)?.promoCodeId ?? null) !== null);
  return { sums, counts: [viaCode.length, begun.length - viaCode.length] };
}

describe('whatever is told of a company', () => {
  const clocks = fc.integer({ min: 0, max: 24 * 100 }).map((hours) => at('2026-04-05') + hours * 3_600_000);
  const zones = fc.constantFrom('UTC', 'America/Santiago', 'Australia/Lord_Howe');
  const plans = fc.constantFrom(undefined, 'plan_month', 'plan_trial');

  /** Three people who come, go and come back, and often pay with a code: plans are those of the other tellings. */
  const often = fc
    .array(
      fc.record({
        person: fc.integer({ min: 1, max: 3 }),
        days: fc.integer({ min: 0, max: 105 }),
        does: fc.constantFrom('pay', 'pay', 'pay', 'leave'),
        promoCodeId: fc.constantFrom(null, 'promo_1', 'promo_2'),
        totalMinor: fc.constantFrom(0, 800, 1000),
      }),
      { minLength: 5, maxLength: 25 },
    )
    .map((all) =>
      all.flatMap(({ person, days, does, ...values }, i): Telling[] => {
        const when = at('2026-03-01') + days * 86_400_000;
        const own = { membershipId: `mem_often_${person}`, userId: `user_often_${person}` };
        if (does === 'leave') {
          const change = { membershipId: own.membershipId, change: 'deactivated' as const, at: when };
          return [() => ({ snapshots: [], changes: [change] })];
        }
        const activated = { membershipId: own.membershipId, change: 'activated' as const, at: when };
        const payment = { ...own, ...values, planId: 'plan_month', status: 'paid', currency: 'USD', paidAt: when };
        return [
          () => ({ snapshots: [], changes: [activated] }),
          told('payment', `pay_often_${i}`, { ...payment, billingReason: 'subscription_create' }, when),
        ];
      }),
    );

  it('its codes and the number of who began to pay are what the facts say one by one', async () => {
    await fc.assert(
      fc.asyncProperty(tellings, often, zones, clocks, fc.constantFrom(...periodNames), plans, async (...drawn) => {
        const [some, more, timeZone, now, name, planId] = drawn;
        const settings = { ...companyDefaults, timeZone };
        const companyId = await newCompany([...some, ...more], settings);
        const report = await ask('marketing', { companyId, now, period: name, planId }, settings);
        const facts = await readCompanyFacts(testDatabase.database.pool, companyId);
        const scope = planId === undefined ? wholeCompany : scopeOf('plan', planId);
        const period = periodAt(name, now, settings);
        const expected = byDefinition(facts, { period, scope, planId, settings, now });
        expect(rowsOf(report, 'promo_codes')).toEqual(
          expected.sums.map((sum) => ({
            ...{ code: sum.promoCodeId, currency: sum.currency, payments: sum.payments },
            ...{ new_customers: sum.newCustomers, gross_revenue: sum.grossMinor, discount: sum.discountMinor },
            ...{ retained_30d: sum.retained30, retained_90d: sum.retained90 },
          })),
        );
        const counted = channels.map((channel) =>
          rowsOf(report, 'acquisition').reduce(
            (sum, row) => sum + (row.channel === channel ? Number(row.customers) : 0),
            0,
          ),
        );
        expect(counted).toEqual(expected.counts);
      }),
      { numRuns: 80 },
    );
  });
});
