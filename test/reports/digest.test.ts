import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import type { MemberHistory } from '../../src/domain/churn/member-history.ts';
import { toldFigures } from '../../src/reports/digest/told-figures.ts';
import { digestReport } from '../../src/reports/digest.ts';
import { writeDigest } from '../../src/store/write-digest.ts';
import { storeCommunity } from '../support/churn/store-community.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, companyDefaults } from '../support/facts.ts';

const companyId = 'biz_1';
/** Monday. */
const monday = at('2026-11-23T09:00Z');
const weekMs = 7 * 24 * 3_600_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await storeCommunity(db.database.pool, { companyId, histories, until: monday, priceOf });
}, 60_000);
afterAll(() => db.drop());
beforeEach(() =>
  db.database.pool.query(
    'delete from digest_figure; delete from opted_out; delete from alert; delete from alert_response',
  ),
);

function member(name: string, start: string, end?: string): MemberHistory {
  const until = end === undefined ? Number.POSITIVE_INFINITY : at(end);
  return {
    memberId: `user_${name}`,
    memberships: [{ id: `mem_${name}`, start: at(start), end: until, terms: [], cancellations: [] }],
    bills: [],
    activity: [],
  };
}

/** One joins each week from August on, and in the last week three do, and one leaves. */
const histories = [
  ...Array.from({ length: 15 }, (_, n) => member(`${n}`, addDays('2026-08-04', 7 * n))),
  member('rich', '2026-11-17'),
  member('late', '2026-11-18'),
  member('gone', '2026-08-01', '2026-11-19'),
];
const priceOf = (memberId: string) => (memberId === 'user_rich' ? 9900 : 1000);

const sources = () => ({ database: db.database, settings: companyDefaults });
const report = (now = monday) => digestReport({ companyId, period: '30d', now }, sources());

async function everyTable(now = monday) {
  const { tables } = await report(now);
  return (wanted: string) => tables.find(({ key }) => key === wanted)?.rows ?? [];
}

async function rowsOf(key: string, now = monday) {
  return (await everyTable(now))(key);
}

describe('the digest', () => {
  it('is of the last complete week, whatever is asked for, with the week before', async () => {
    const { period, previous, figures } = await report();
    expect(period).toEqual({ name: 'week', start: '2026-11-16T00:00:00.000Z', end: '2026-11-23T00:00:00.000Z' });
    expect(previous).toEqual({ start: '2026-11-09T00:00:00.000Z', end: '2026-11-16T00:00:00.000Z' });
    const values = Object.fromEntries(figures.map(({ key, value, previous: before }) => [key, [value, before]]));
    expect(values).toMatchObject({
      mrr: [25_900, 16_000],
      members: [17, 16],
      paying_customers: [17, 16],
      joined: [2, 1],
      left: [1, 0],
      new_mrr: [10_900, 1000],
      churn_mrr: [1000, 0],
      customer_churn_rate: [1 / 16, 0],
    });
  });

  it('says which plan and who moved MRR most, and who joined and left and why', async () => {
    await db.database.pool.query(`update book_flow set cancel_option = 'too_expensive' where kind = 'ended'`);
    const rows = await everyTable();
    expect(rows('plan_movements')).toMatchObject([{ plan: 'Monthly', currency: 'USD', mrr_change: 9900 }]);
    expect(rows('person_movements').map(({ customer, mrr_change }) => [customer, mrr_change])).toEqual([
      ['user_rich', 9900],
      ['user_gone', -1000],
      ['user_late', 1000],
    ]);
    expect(rows('member_changes').map(({ customer, change, reason }) => [customer, change, reason])).toEqual([
      ['user_late', 'joined', null],
      ['user_rich', 'joined', null],
      ['user_gone', 'left', 'too_expensive'],
    ]);
  });

  it('names nobody who wants not to be listed, nor among who joined whose name isn’t known', async () => {
    const { pool } = db.database;
    await pool.query(`insert into opted_out values ($1, 'whop', 'user_rich', now())`, [companyId]);
    await pool.query(`update customer set username = null where id = 'user_late'`);
    const rows = await everyTable();
    await pool.query(`update customer set username = id`);
    expect(rows('plan_movements')).toMatchObject([{ mrr_change: 9900 }]);
    expect(rows('person_movements').map(({ customer }) => customer)).toEqual(['user_gone', 'user_late']);
    expect(rows('member_changes').map(({ customer }) => customer)).toEqual(['user_gone']);
  });

  it('calls a change unusual where none of the weeks before was like it, and normal otherwise', async () => {
    const verdicts = async (now: number) =>
      Object.fromEntries((await rowsOf('judgements', now)).map(({ figure, verdict }) => [figure, verdict]));
    expect(await verdicts(monday)).toMatchObject({ mrr: 'unusual', members: 'normal' });
    expect(await verdicts(monday - weekMs)).toMatchObject({ mrr: 'normal', members: 'normal' });
  });

  it('judges nothing before there are eight weeks to judge by, of what stands before there are nine', async () => {
    const eighth = at('2026-09-28T09:00Z');
    const rows = await everyTable(eighth);
    const weeks = rows('weeks').map(({ week }) => week);
    expect([weeks.length, weeks[0], weeks.at(-1)]).toEqual([8, '2026-09-21', '2026-08-03']);
    expect(rows('judgements')).toEqual([]);
    const judged = async (now: number) => (await rowsOf('judgements', now)).map(({ figure }) => figure);
    expect(await judged(eighth + weekMs)).toEqual(['net_revenue', 'customer_churn_rate']);
    expect(await judged(eighth + 2 * weekMs)).toContain('mrr');
  });

  it('says what the digest before told of its week that is something else now, and nothing of the rest', async () => {
    const before = await report(monday - weekMs);
    await writeDigest(db.database.pool, { ...toldFigures(before), posts: [] });
    expect(await rowsOf('restated')).toEqual([]);
    await db.database.pool.query(`update digest_figure set value = 15000 where figure = 'mrr'`);
    const [told, now] = await rowsOf('restated');
    expect(told).toMatchObject({ version: 'told', mrr: 15_000, members: null });
    expect(now).toMatchObject({ version: 'now', mrr: 16_000, members: null });
    await db.database.pool.query(`update digest_figure set currency = 'EUR'`);
    expect(await rowsOf('restated')).toEqual([]);
  });

  it('says so where a delivery came late', async () => {
    const late = { companyId: 'biz_late', until: monday };
    const of = (now: number) => digestReport({ companyId: 'biz_late', period: 'week', now }, sources());
    await storeCommunity(db.database.pool, { ...late, histories: histories.slice(0, 15) });
    await writeDigest(db.database.pool, { ...toldFigures(await of(monday - weekMs)), posts: [] });
    await storeCommunity(db.database.pool, {
      ...late,
      histories: [...histories.slice(0, 15), member('belated', '2026-11-10')],
    });
    const { tables } = await of(monday);
    expect(tables.find(({ key }) => key === 'restated')?.rows).toMatchObject([
      { version: 'told', mrr: 15_000, members: 15, active_members: null, customer_churn_rate: null },
      { version: 'now', mrr: 16_000, members: 16, active_members: null, customer_churn_rate: null },
    ]);
  });

  it('counts what staff was told in the week, and what came of it so far', async () => {
    expect(await rowsOf('alerts')).toEqual([]);
    const { pool } = db.database;
    const alert = async (n: number, state: string, decidedAt: string, outcome: string | null) => {
      const { rows } = await pool.query<{ id: string }>(
        `insert into alert (company_id, kind, subject, thing_id, at, found_at, state, decided_at, member_id, outcome, outcome_at)
         values ($1, 'cancellation', $2, $2, $3, $3, $4, $3, $2, $5, $3) returning id`,
        [companyId, `${n}`, decidedAt, state, outcome],
      );
      return rows[0]?.id ?? '';
    };
    const ids = [
      await alert(1, 'told', '2026-11-16T00:00Z', 'stayed'),
      await alert(2, 'told', '2026-11-22T23:59Z', 'left'),
      await alert(3, 'told', '2026-11-18T00:00Z', null),
      await alert(4, 'told', '2026-11-23T00:00Z', 'stayed'),
      await alert(5, 'muted', '2026-11-18T00:00Z', null),
    ];
    for (const [id, response, when] of [
      [ids[0], 'contacted', '2026-11-18T00:00Z'],
      [ids[0], 'contacted', '2026-11-19T00:00Z'],
      [ids[1], 'dismiss', '2026-11-19T00:00Z'],
      [ids[2], 'contacted', '2026-11-23T10:00Z'],
    ]) {
      await pool.query(`insert into alert_response values ($1, $2, $3, '7', $4)`, [companyId, id, response, when]);
    }
    expect(await rowsOf('alerts')).toEqual([{ told: 3, contacted: 1, stayed: 1, left_after: 1 }]);
  });

  it('lists the disputes to answer, the most urgent first, and no trial that ended', async () => {
    const { pool } = db.database;
    for (const [id, status, until] of [
      ['dp_1', 'needs_response', '2026-11-25T12:00Z'],
      ['dp_2', 'warning_needs_response', null],
      ['dp_3', 'needs_response', '2026-11-22T12:00Z'],
      ['dp_4', 'won', '2026-11-26T12:00Z'],
    ]) {
      await pool.query(
        `insert into dispute (company_id, id, status, needs_response_by, version, older) values ($1, $2, $3, $4, '0', '{}')`,
        [companyId, id, status, until],
      );
    }
    expect(await rowsOf('deadlines')).toEqual([
      { kind: 'disputes to answer', due: '2026-11-25', count: 1 },
      { kind: 'disputes to answer', due: null, count: 1 },
    ]);
    await pool.query('delete from dispute');
  });

  it('tells how many are at high risk and what they pay, as the report of churn does', async () => {
    const { figures, notes } = await report();
    expect(figures.slice(-3).map(({ key }) => key)).toEqual([
      'high_risk_members',
      'high_risk_mrr',
      'expected_mrr_loss',
    ]);
    expect(figures.at(-1)?.value).toBeGreaterThan(0);
    expect(figures.at(-1)?.previous).toBeNull();
    expect(notes).toEqual([expect.stringMatching(/^Who is at risk: A prior, not learned from this community/)]);
  });
});
