import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dayMs, type MemberHistory } from '../../../src/domain/churn/member-history.ts';
import { reportText } from '../../../src/render/report-text.ts';
import { reports } from '../../../src/reports/index.ts';
import type { Report } from '../../../src/reports/report.ts';
import { begin, simulateCommunity, weekMs } from '../../support/churn/simulated-community.ts';
import { storeCommunity } from '../../support/churn/store-community.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

const weeks = 30;
const now = begin + weeks * weekMs;
const settings = { timeZone: 'UTC', weekStart: 'monday', reportingCurrency: null } as const;
const community = simulateCommunity({ seed: 'reports', members: 90, weeks, effect: -0.8, dailyOdds: 0.006 });

/** Left to themselves for long, and set to end in 9 days. */
const lea: MemberHistory = {
  memberId: 'user_lea',
  memberships: [
    {
      ...{ id: 'mem_lea', start: now - 100 * dayMs, end: Number.POSITIVE_INFINITY, terms: [] },
      cancellations: [{ at: now - dayMs, endsAt: now + 9 * dayMs, takenBackAt: null }],
    },
  ],
  bills: [],
  activity: [{ day: now - 3 * dayMs, kind: 'message', channel: '1', count: 2, value: 2 }],
};

let testDatabase: TestDatabase;
const ask = (name: keyof typeof reports, some: { planId?: string; memberId?: string; companyId?: string } = {}) =>
  reports[name]({ companyId: 'biz_1', period: '30d', now, ...some }, { database: testDatabase.database, settings });
const rowsOf = ({ tables }: Report, key: string) => tables.find((table) => table.key === key)?.rows ?? [];
const figureOf = ({ figures }: Report, key: string) => figures.find((figure) => figure.key === key)?.value;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  const histories = [...community.map(({ history }) => history), lea];
  const priceOf = (id: string) => (id === 'user_lea' ? 5000 : 1000);
  await storeCommunity(testDatabase.database.pool, { companyId: 'biz_1', histories, until: now, priceOf });
}, 120_000);
afterAll(() => testDatabase.drop());

describe('the report churn', () => {
  it('lists members by revenue at risk, and sums them as what they are', async () => {
    const report = await ask('churn');
    const rows = rowsOf(report, 'members_at_risk').map((row) => ({
      band: row.band,
      mrr: Number(row.mrr),
      expected: Number(row.mrr) * Number(row.probability),
    }));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.map(({ expected }) => expected)).toEqual(rows.map(({ expected }) => expected).sort((a, b) => b - a));
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect(figureOf(report, 'high_risk_mrr')).toBe(
      sum(rows.flatMap(({ band, mrr }) => (band === 'high' ? [mrr] : []))),
    );
    expect(figureOf(report, 'expected_mrr_loss')).toBe(Math.round(sum(rows.map(({ expected }) => expected))));
    expect(report).toMatchObject({ previous: null, period: { name: 'next 30d' } });
    expect(reportText(report)).toContain('Next 30 days');
    expect(reportText(report)).not.toContain('compared with');
  });

  it('says of each member what is certain beside what is guessed', async () => {
    const row = rowsOf(await ask('churn'), 'members_at_risk').find(({ member }) => member === 'user_lea');
    expect(row).toMatchObject({
      ...{ plan: 'Monthly', mrr: 5000, next_bill: null, segment: 'scheduled to leave' },
      ...{ contract: 'set to end on 2025-08-13', suggestion: 'Ask what made them cancel; don’t offer anything yet.' },
    });
    expect(row?.reasons).not.toContain('set to end');
  });

  it('is of one plan where one is asked for', async () => {
    expect(rowsOf(await ask('churn', { planId: 'plan_month' }), 'members_at_risk')).toEqual(
      rowsOf(await ask('churn'), 'members_at_risk'),
    );
    await expect(ask('churn', { planId: 'plan_none' })).rejects.toThrow('I don’t know this plan');
  });
});

describe('the report churn-model', () => {
  it('says how often it was right, against simpler guesses', async () => {
    const report = await ask('churn-model');
    expect(figureOf(report, 'auc')).toBeGreaterThan(0.6);
    expect(figureOf(report, 'brier')).toBeLessThan(figureOf(report, 'base_rate_brier') ?? 0);
    expect(figureOf(report, 'called_high_left')).toBeGreaterThan(figureOf(report, 'all_left') ?? 1);
    const cases = rowsOf(report, 'calibration').map((row) => Number(row.cases));
    expect(cases).toHaveLength(10);
    expect(rowsOf(report, 'weights')[0]?.words).toMatch(/(raises|lowers) the odds by \d+% a standard deviation$/);
  });

  it('has no figures of a test that couldn’t be made', async () => {
    const report = await ask('churn-model', { companyId: 'biz_none' });
    const auc = report.figures.find(({ key }) => key === 'auc');
    expect(auc).toMatchObject({ value: null, unavailable: expect.stringContaining('not tested') });
  });
});

describe('the report segments', () => {
  it('has every member once', async () => {
    const report = await ask('segments');
    const members = rowsOf(report, 'segments').map((row) => Number(row.members));
    expect(members.reduce((sum, count) => sum + count, 0)).toBe(figureOf(report, 'members'));
  });
});

describe('the report member', () => {
  it('has memberships, payments, activity and risk of one person', async () => {
    const report = await ask('member', { memberId: 'user_lea' });
    expect(figureOf(report, 'mrr')).toBe(5000);
    expect(figureOf(report, 'paid_in_total')).toBe(4 * 5000);
    expect(figureOf(report, 'tenure')).toBe(100);
    expect(figureOf(report, 'silent_days')).toBe(2);
    expect(rowsOf(report, 'payments')).toHaveLength(4);
    expect(rowsOf(report, 'memberships')).toMatchObject([{ start: '2025-04-26', end: null }]);
    expect(rowsOf(report, 'weeks').at(-2)).toMatchObject({ week: '2025-07-28', activities: 2, bills_paid: 0 });
    expect(rowsOf(report, 'weeks').at(-3)).toMatchObject({ week: '2025-07-21', activities: 0, bills_paid: 1 });
    expect(report.notes.join(' ')).toContain('Segment: scheduled to leave.');
    expect(reportText(report).match(/set to end/g)).toHaveLength(1);
  });

  it('is of the weeks that it shows: since somebody is there, and at most half a year', async () => {
    const since = async (memberId: string) => {
      const report = await ask('member', { memberId });
      expect(report.period.name).toBe('weeks shown');
      expect(report.period.start.slice(0, 10)).toBe(rowsOf(report, 'weeks')[0]?.week);
      expect(reportText(report)).toContain('Weeks shown: ');
      return rowsOf(report, 'weeks').map(({ week }) => week);
    };
    expect((await since('user_lea'))[0]).toBe('2025-04-21');
    expect(await since('user_none')).toHaveLength(8);
  });

  it('asks for one, and knows nothing of strangers', async () => {
    await expect(ask('member')).rejects.toThrow('Say whose');
    expect(rowsOf(await ask('member', { memberId: 'user_none' }), 'memberships')).toEqual([]);
  });

  it('keeps to what is sold of who has opted out', async () => {
    const { pool } = testDatabase.database;
    await pool.query(`insert into opted_out values ('biz_1', 'whop', 'user_lea', now())`);
    const report = await ask('member', { memberId: 'user_lea' });
    expect(report.figures.find(({ key }) => key === 'leave_probability')?.unavailable).toBe('has opted out');
    expect(figureOf(report, 'active_days_28')).toBeNull();
    expect(rowsOf(report, 'payments')).toHaveLength(4);
    const list = rowsOf(await ask('churn'), 'members_at_risk').map(({ member_id }) => member_id);
    expect(list).not.toContain('user_lea');
    await pool.query(`delete from opted_out`);
  });
});
