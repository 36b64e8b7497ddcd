import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { version } from '../../src/domain/facts.ts';
import { changeSettings } from '../../src/ingest/change-settings.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { rebuildCompany, refreshBooks } from '../../src/ingest/rebuild.ts';
import { revenueReport } from '../../src/reports/revenue.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, companyDefaults, payment } from '../support/facts.ts';
import { dumpBooks } from '../support/stored-facts.ts';

const companyId = 'biz_settings';
const log = pino({ level: 'silent' });
const tokyo = { ...companyDefaults, timeZone: 'Asia/Tokyo' };

let testDatabase: TestDatabase;
const parts = () => ({ pool: testDatabase.database.pool, settings: companyDefaults, log });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const ingest = createIngest(parts());
  // Late in the evening in UTC, and early on the next day in Berlin; two payments in euros and one in dollars.
  const payments = [
    payment({ id: 'pay_1', paidAt: at('2026-05-31T23:00:00Z'), currency: 'EUR', usdTotalMinor: 1100 }),
    payment({ id: 'pay_2', paidAt: at('2026-06-10T12:00:00Z'), currency: 'EUR', usdTotalMinor: 1200 }),
    payment({ id: 'pay_3', paidAt: at('2026-06-11T12:00:00Z'), currency: 'USD', usdTotalMinor: 1000 }),
  ];
  for (const { id, ...values } of payments) {
    const told = { kind: 'payment', companyId, id, version: version(at('2026-06-12'), true), values } as const;
    const times = { sentAt: at('2026-06-12'), receivedAt: at('2026-06-12') };
    const rest = {
      source: 'whop',
      type: 'payment.succeeded',
      payload: null,
      error: null,
      changes: [],
      activities: [],
    } as const;
    await ingest.record({ companyId, eventId: id, ...times, ...rest, snapshots: [told] });
  }
});
afterAll(() => testDatabase.drop());

async function ask() {
  const question = { companyId, period: 'month', now: at('2026-07-15T12:00:00Z') } as const;
  const report = await revenueReport(question, { database: testDatabase.database, settings: companyDefaults });
  const gross = report.figures.find(({ key }) => key === 'gross_revenue');
  return { zone: report.timeZone, currency: report.currency, gross: gross?.value, others: gross?.otherCurrencies };
}

it('are the environment’s until somebody sets them, and what depends on them is made anew at once', async () => {
  expect(await ask()).toEqual({
    ...{ zone: 'UTC', currency: 'EUR', gross: 1000 },
    others: [{ currency: 'USD', amount: 1000 }],
  });
  expect(await changeSettings(parts(), companyId, { timeZone: 'Europe/Berlin' })).toEqual({
    ...companyDefaults,
    timeZone: 'Europe/Berlin',
  });
  expect(await ask()).toMatchObject({ zone: 'Europe/Berlin', gross: 2000 });
  await changeSettings(parts(), companyId, { reportingCurrency: 'USD' });
  expect(await ask()).toEqual({ zone: 'Europe/Berlin', currency: 'USD', gross: 3300, others: undefined });
});

it('stay when the process starts anew, and go back to the environment’s when they are taken away', async () => {
  await refreshBooks(parts());
  expect(await ask()).toMatchObject({ zone: 'Europe/Berlin', currency: 'USD' });
  await changeSettings(parts(), companyId, { timeZone: null, reportingCurrency: null });
  expect(await ask()).toMatchObject({ zone: 'UTC', currency: 'EUR' });
});

it('of the environment count from the next start on', async () => {
  await refreshBooks({ ...parts(), settings: tokyo });
  expect(await ask()).toMatchObject({ zone: 'Asia/Tokyo' });
  const before = await dumpBooks(testDatabase.database.pool, companyId);
  expect(await rebuildCompany(testDatabase.database.pool, companyId, tokyo)).toEqual({ customers: 1 });
  expect(await dumpBooks(testDatabase.database.pool, companyId)).toEqual(before);
});

it('decide on which day a week begins', async () => {
  const question = { companyId, period: 'week', now: at('2026-07-15T12:00:00Z') } as const;
  const start = async () => {
    const sources = { database: testDatabase.database, settings: companyDefaults };
    return (await revenueReport(question, sources)).period.start;
  };
  expect(await start()).toBe('2026-07-05T15:00:00.000Z');
  await changeSettings({ ...parts(), settings: tokyo }, companyId, { weekStart: 'sunday' });
  expect(await start()).toBe('2026-07-04T15:00:00.000Z');
});
