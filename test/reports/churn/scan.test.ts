import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, type MemberHistory } from '../../../src/domain/churn/member-history.ts';
import { scanCompanyChurn } from '../../../src/jobs/scan-churn.ts';
import { churnList } from '../../../src/render/churn-list.ts';
import { reportMessage } from '../../../src/render/report-message.ts';
import { views } from '../../../src/render/views.ts';
import { learnChurn, scanChurn } from '../../../src/reports/churn/learn-and-score.ts';
import { reports } from '../../../src/reports/index.ts';
import { readChurnModel } from '../../../src/store/churn-model.ts';
import { readNewestScan } from '../../../src/store/churn-scans.ts';
import { begin, simulateCommunity, weekMs } from '../../support/churn/simulated-community.ts';
import { storeCommunity } from '../../support/churn/store-community.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { jobParts } from '../../support/job-parts.ts';

const weeks = 30;
const now = begin + weeks * weekMs;
const before = now - 4 * weekMs;
const settings = { timeZone: 'UTC', weekStart: 'monday', reportingCurrency: null } as const;
const community = simulateCommunity({ seed: 'community', members: 110, weeks, effect: -0.8, dailyOdds: 0.006 });

/** Active each day for ten weeks, and then not any more. */
const fay: MemberHistory = {
  memberId: 'user_fay',
  memberships: [
    { id: 'mem_fay', start: now - 120 * dayMs, end: Number.POSITIVE_INFINITY, terms: [], cancellations: [] },
  ],
  bills: [],
  activity: Array.from({ length: 70 }, (_, i) => {
    const day = now - (90 - i) * dayMs;
    return { day, kind: 'message', channel: `${1 + (i % 3)}`, count: 4, value: 4 };
  }),
};
const histories = [...community.map(({ history }) => history), fay];

let testDatabase: TestDatabase;
const sources = () => ({ database: testDatabase.database, settings });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const { pool } = testDatabase.database;
  await storeCommunity(pool, { companyId: 'biz_1', histories, until: now });
  await storeCommunity(pool, { companyId: 'biz_2', histories: histories.slice(50), until: now });
  await storeCommunity(pool, { companyId: 'biz_then', histories: untilThen(histories), until: before });
}, 120_000);
afterAll(() => testDatabase.drop());

/** What could be known of them four weeks before. */
function untilThen(all: readonly MemberHistory[]): MemberHistory[] {
  return all
    .map((history) => ({
      ...history,
      memberships: history.memberships
        .filter(({ start }) => start < before)
        .map((one) => (one.end < before ? one : { ...one, end: Number.POSITIVE_INFINITY })),
      activity: (history.activity ?? []).filter(({ day }) => day < before),
    }))
    .filter(({ memberships }) => memberships.length > 0);
}

describe('the scan of a community', () => {
  it('finds who fades, with reasons in numbers', async () => {
    const { model, scan } = await scanChurn(sources(), { companyId: 'biz_1', now });
    expect(model).toMatchObject({ kind: 'fitted', engagement: { matters: true } });
    const found = scan.members.find(({ memberId }) => memberId === 'user_fay');
    expect(found).toMatchObject({ band: 'high', segment: 'at risk', mrrMinor: 1000, planId: 'plan_month' });
    expect(found?.reasons).toContain('22 active days in the 4 weeks before, 0 in the last 2');
    const members = histories.filter(({ memberships }) => memberships.some(({ end }) => end > now));
    expect(scan.totals).toMatchObject({ members: members.length, scored: members.length, optedOut: 0 });
    expect(scan.totals.segments.reduce((sum, one) => sum + one.members, 0)).toBe(members.length);
  });

  it('knows nothing of what came later', async () => {
    const inHindsight = await scanChurn(sources(), { companyId: 'biz_1', now: before });
    const then = await scanChurn(sources(), { companyId: 'biz_then', now: before });
    expect(inHindsight.scan.members.length).toBeGreaterThan(20);
    expect(inHindsight).toEqual(then);
  });

  it('leaves out who has opted out, but for sums', async () => {
    const { pool } = testDatabase.database;
    const asked = { companyId: 'biz_2', now };
    const everybody = await scanChurn(sources(), asked);
    await pool.query(`insert into account_link values ('biz_2', '77', 'user_fay', 'self', now())`);
    await pool.query(`insert into opted_out values ('biz_2', 'discord', '77', now())`);
    const { model, scan } = await scanChurn(sources(), asked);
    expect(scan.members.map(({ memberId }) => memberId)).not.toContain('user_fay');
    expect(scan.totals).toMatchObject({ members: everybody.scan.totals.members, optedOut: 1 });
    expect(model.members).toBe(everybody.model.members - 1);
  });
});

describe('the nightly scan', () => {
  const slot = { key: '2025-08-04', at: now };
  const run = async (at: number) => {
    const write = await scanCompanyChurn({ companyId: 'biz_1', slot, now: at }, jobParts(testDatabase.database));
    const client = await testDatabase.database.pool.connect();
    await write(client).finally(() => client.release());
  };

  it('keeps its scores and the model, and of whom more is to be feared than the day before', async () => {
    const { pool } = testDatabase.database;
    await run(now - 25 * dayMs);
    await run(now);
    const kept = await readNewestScan(pool, 'biz_1', now);
    const { model, scan } = await scanChurn(sources(), { companyId: 'biz_1', now });
    expect(kept).toEqual(scan);
    expect(await readChurnModel(pool, 'biz_1')).toEqual(model);
    const { rows } = await pool.query<{ rise: string | null }>(
      `select rise from churn_score where member_id = 'user_fay' order by week`,
    );
    expect(rows).toEqual([{ rise: null }, { rise: 'high band' }]);
    expect((await readNewestScan(pool, 'biz_1', now - 1))?.at).toBe(now - 25 * dayMs);
    expect(await readNewestScan(pool, 'biz_2', now)).toBeNull();
  });

  it('writes nobody who opts out while it runs', async () => {
    const { pool } = testDatabase.database;
    const write = await scanCompanyChurn({ companyId: 'biz_1', slot, now }, jobParts(testDatabase.database));
    await pool.query(`insert into opted_out values ('biz_1', 'whop', 'user_fay', now())`);
    const client = await pool.connect();
    await write(client).finally(() => client.release());
    const { rows } = await pool.query(
      `select 1 from churn_score where week = (select max(week) from churn_score) and member_id = 'user_fay'`,
    );
    expect(rows).toEqual([]);
  });
});

describe('MRR that can’t be converted', () => {
  it('stands beside the other, in its own currency', async () => {
    const { pool } = testDatabase.database;
    const companyId = 'biz_two_currencies';
    const currencyOf = (id: string) => (id === 'user_fay' ? 'MXN' : 'USD');
    await storeCommunity(pool, { companyId, histories: [...histories.slice(0, 40), fay], until: now, currencyOf });
    const slot = { key: '2025-08-04', at: now };
    const write = await scanCompanyChurn({ companyId, slot, now }, jobParts(testDatabase.database));
    const client = await pool.connect();
    await write(client).finally(() => client.release());
    const kept = await readNewestScan(pool, companyId, now);
    const found = kept?.members.find(({ memberId }) => memberId === 'user_fay');
    expect(found).toMatchObject({ mrrMinor: 0, otherMrr: { MXN: 1000 } });

    const report = await reports.churn({ companyId, period: '30d', now }, sources());
    const loss = report.figures.find(({ key }) => key === 'expected_mrr_loss');
    expect(loss?.otherCurrencies).toEqual([{ currency: 'MXN', amount: Math.round(1000 * (found?.probability ?? 0)) }]);
    const rows = report.tables.flatMap((table) => table.rows);
    expect(rows.find(({ member_id }) => member_id === 'user_fay')).toMatchObject({ mrr: 0, other_mrr: 'MXN 10.00' });
    const pages = Array.from({ length: 9 }, (_, i) => churnList(report, { band: null, page: i + 1 }).embeds);
    expect(JSON.stringify(pages)).toMatch(/user\\\\_fay\*\* · Monthly · MXN 10\.00 a month/);

    const segments = await reports.segments({ companyId, period: '30d', now }, sources());
    const others = segments.tables.flatMap((table) => table.rows).map(({ other_mrr }) => other_mrr);
    expect(others.filter((text) => text !== null)).toEqual(['MXN 10.00']);
    expect(segments.notes).toContain('Beside MRR in USD stands what Whop gave no rate for, MXN 10.00 in all.');
    const { embeds } = reportMessage(segments, views.segments.layout, []);
    expect(JSON.stringify(embeds)).toMatch(/MRR \$\d+\.00 · MXN 10\.00/);
  });
});

describe('a community of a few', () => {
  it('is scored by a prior, and told so', async () => {
    const { pool } = testDatabase.database;
    await storeCommunity(pool, { companyId: 'biz_small', histories: histories.slice(0, 20), until: now });
    const model = await learnChurn(sources(), { companyId: 'biz_small', now });
    expect(model).toMatchObject({ kind: 'prior', note: expect.stringContaining('A prior') });
  });

  it('is shown as a band, not as a probability that it can’t know', async () => {
    const asked = { companyId: 'biz_small', period: '30d', now } as const;
    const report = await reports.churn(asked, sources());
    const [row] = report.tables.flatMap((table) => table.rows);
    const list = JSON.stringify(churnList(report, { band: null, page: 1 }).embeds);
    expect(list).toContain(`**${row?.band}** risk of leaving within 30 days (a prior, not learned here yet)`);
    expect(list).not.toContain('%');
    const member = await reports.member({ ...asked, memberId: String(row?.member_id) }, sources());
    expect(member.figures.find(({ key }) => key === 'leave_probability')).toMatchObject({
      value: null,
      unavailable: `${row?.band} risk by a prior, not learned from this community yet`,
    });
  });

  it('may have nobody at all', async () => {
    const { scan } = await scanChurn(sources(), { companyId: 'biz_none', now });
    expect(scan).toMatchObject({ members: [], totals: { members: 0, scored: 0, optedOut: 0 } });
  });
});
