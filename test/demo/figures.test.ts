import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { company, promoCodes } from '../../src/demo/catalogue.ts';
import { createChance } from '../../src/demo/chance.ts';
import { sampleCommunity } from '../../src/demo/community.ts';
import { deliveriesOf, inTransit, type SampleDelivery } from '../../src/demo/deliveries.ts';
import { dayMs } from '../../src/demo/seasons.ts';
import { signDelivery } from '../../src/demo/sign-delivery.ts';
import type { PeriodName } from '../../src/domain/calendar.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { marketingReport } from '../../src/reports/marketing.ts';
import type { Report } from '../../src/reports/report.ts';
import { revenueReport } from '../../src/reports/revenue.ts';
import { createReceiver } from '../../src/whop/receive.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { companyDefaults } from '../support/facts.ts';
import { endings, inDollars, memberships, monthly, payments, refunds } from './truth.ts';

const now = Date.UTC(2026, 5, 15, 18, 30);
const secret = 'ws_of_the_demo';
const community = sampleCommunity({ seed: 'test', now });
const deliveries = deliveriesOf(community, now);

/** How many deliveries are under way together. */
const atOnce = 300;

const databases: TestDatabase[] = [];
let inOrder: TestDatabase;

beforeAll(async () => {
  inOrder = await received(inTransit(deliveries, 'test'));
});
afterAll(async () => {
  for (const database of databases) await database.drop();
});

/** A database into which all of them have come by the door that every delivery takes. */
async function received(arriving: readonly SampleDelivery[]): Promise<TestDatabase> {
  const testDatabase = await createTestDatabase();
  databases.push(testDatabase);
  const ingest = createIngest({
    pool: testDatabase.database.pool,
    log: pino({ level: 'silent' }),
    settings: companyDefaults,
  });
  const receive = createReceiver({ webhookSecrets: [secret], companyId: null }, () => now);
  const send = (delivery: SampleDelivery) => {
    const { body, headers } = signDelivery(delivery, secret, now);
    const answer = receive(Buffer.from(body), headers);
    return answer.verified ? ingest.record(answer.read(JSON.parse(body))) : answer.reason;
  };
  for (let first = 0; first < arriving.length; first += atOnce) {
    const outcomes = await Promise.all(arriving.slice(first, first + atOnce).map(send));
    expect(new Set(outcomes)).toEqual(new Set(['recorded']));
  }
  return testDatabase;
}

function report({ database }: TestDatabase, period: PeriodName): Promise<Report> {
  const settings = { timeZone: 'UTC', reportingCurrency: null, weekStart: 'monday' } as const;
  return revenueReport({ companyId: company.id, period, now }, { database, settings });
}

function figure(of: Report, key: string): number | null | undefined {
  return of.figures.find((one) => one.key === key)?.value;
}

/** By currency, as `inDollars` counts. */
function money(of: Report, key: string): Map<string, number> {
  const found = of.figures.find((one) => one.key === key);
  const others = (found?.otherCurrencies ?? []).map(({ currency, amount }): [string, number] => [currency, amount]);
  return new Map([['USD', found?.value ?? Number.NaN], ...others]);
}

const periods = [
  ['30d', 30],
  ['365d', 365],
] as const;

describe.each(periods)('the revenue report of the sample community over %s', (period, days) => {
  const start = Math.floor(now / dayMs) * dayMs - (days - 1) * dayMs;
  const within = (at: number | null) => at !== null && start <= at && at < now;
  const all = [...payments(community).values()];
  const paid = all.filter(({ paidAt }) => within(paidAt));
  let asked: Report;

  beforeAll(async () => {
    asked = await report(inOrder, period);
  });

  it('tells the cash that was really paid and given back, by currency', () => {
    const total = paid.map((payment) => ({ payment, amountMinor: payment.netMinor + payment.taxMinor }));
    const fees = paid.map((payment) => ({ payment, amountMinor: payment.afterFeesMinor }));
    const back = [...refunds(community).values()].filter((one) => one.status === 'succeeded' && within(one.createdAt));
    expect(money(asked, 'gross_revenue')).toEqual(inDollars(total));
    expect(money(asked, 'after_fees')).toEqual(inDollars(fees));
    expect(money(asked, 'refunds')).toEqual(inDollars(back));
    expect(figure(asked, 'refunds')).toBeGreaterThan(0);
  });

  it('counts the payments', () => {
    const open = all.filter(({ status, lastAttemptAt }) => status === 'open' && within(lastAttemptAt));
    expect(figure(asked, 'payments_succeeded')).toBe(paid.length);
    expect(figure(asked, 'payments_recovered')).toBe(paid.filter((one) => one.failedAttempts > 0).length);
    expect(figure(asked, 'payments_failed')).toBe(open.length);
    expect(figure(asked, 'payments_pending')).toBe(
      all.filter((one) => one.status === 'pending' && within(one.createdAt)).length,
    );
  });

  it('tells what recurs just now, and from whom', () => {
    const ended = endings(community);
    const prices = [...memberships(community).keys()].flatMap((id) => {
      const own = all.filter((one) => one.membership.id === id && one.status === 'paid');
      return ended.has(id) ? [] : (monthly(own) ?? []);
    });
    expect(money(asked, 'mrr')).toEqual(inDollars(prices));
    expect(figure(asked, 'paying_customers')).toBe(
      new Set(prices.map(({ payment }) => payment.membership.person.userId)).size,
    );
  });
});

describe('the marketing report of the sample community', () => {
  it('tells of each promo code what was paid with it', async () => {
    const settings = { timeZone: 'UTC', reportingCurrency: null, weekStart: 'monday' } as const;
    const question = { companyId: company.id, period: '90d', now } as const;
    const { tables } = await marketingReport(question, { database: inOrder.database, settings });
    const told = tables.find(({ key }) => key === 'promo_codes')?.rows ?? [];
    const start = Math.floor(now / dayMs) * dayMs - 89 * dayMs;
    const paid = [...payments(community).values()].filter(
      ({ paidAt }) => paidAt !== null && start <= paidAt && paidAt < now,
    );
    for (const { code } of Object.values(promoCodes)) {
      const own = paid.filter(({ promoCode }) => promoCode?.code === code);
      const rows = told.filter((row) => row.code === code);
      expect(new Map(rows.map((row) => [row.currency, row.gross_revenue]))).toEqual(
        inDollars(own.map((payment) => ({ payment, amountMinor: payment.netMinor + payment.taxMinor }))),
      );
      expect(rows.reduce((sum, row) => sum + Number(row.payments), 0)).toBe(own.length);
    }
    expect(new Set(told.map(({ code }) => code)).size).toBe(2);
  });
});

describe('the same deliveries', () => {
  it('shuffled make the same report to the letter', async () => {
    const chance = createChance('shuffle');
    const shuffled = deliveries
      .map((delivery) => ({ delivery, place: chance.between(0, 1) }))
      .sort((a, b) => a.place - b.place)
      .map(({ delivery }) => delivery);
    const otherwise = await received(shuffled);
    for (const [period] of periods) expect(await report(otherwise, period)).toEqual(await report(inOrder, period));
  });

  it('are all understood', async () => {
    const { rows } = await inOrder.database.pool.query('select type, error from inbox where error is not null');
    expect(rows).toEqual([]);
  });
});
