import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { statusMessage } from '../../src/render/status-message.ts';
import type { Report } from '../../src/reports/report.ts';
import { revenueReport } from '../../src/reports/revenue.ts';
import { readStatus } from '../../src/reports/status.ts';
import { readReconciledAt } from '../../src/store/reconciliation.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type FakeWhopApi, type ListRequest, startFakeWhopApi } from '../support/whop/api/fake-whop-api.ts';
import { type ListName, type Rows, rowsOf } from '../support/whop/api/lists.ts';
import { affiliateRow, entryRow, promoCodeRow } from '../support/whop/api/marketing-rows.ts';
import { readHistory } from '../support/whop/api/read-history.ts';
import { reconcileCompany } from '../support/whop/api/reconcile-company.ts';
import { disputeRow, membershipRow, paymentRow, planRow, productRow, refundRow } from '../support/whop/api/rows.ts';
import { level, type Stat } from '../support/whop/api/stats.ts';
import {
  type ClaimSketch,
  claim,
  companyId,
  type MembershipSketch,
  membership,
  minuteMs,
  noon,
  type PaymentSketch,
  payment,
} from '../support/whop/sketch.ts';
import { bookTables, dumpTables, emptyTables, readTable } from '../support/whop/tables.ts';

const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const now = noon + 40 * dayMs;

/** What Whop knows of a company. */
type Truth = {
  memberships: MembershipSketch[];
  payments: PaymentSketch[];
  refunds: ClaimSketch[];
  disputes: ClaimSketch[];
};

const people = ['ada', 'bob', 'cy'];

function pay(person: string, month: number, differs: Partial<PaymentSketch> = {}): PaymentSketch {
  const createdAt = noon + (people.indexOf(person) + 30 * month) * dayMs;
  return payment({
    id: `pay_${person}_${month}`,
    userId: `user_${person}`,
    membershipId: `mem_${person}`,
    createdAt,
    ...differs,
  });
}

function member(person: string, differs: Partial<MembershipSketch> = {}): MembershipSketch {
  const createdAt = noon + people.indexOf(person) * dayMs;
  return membership({ id: `mem_${person}`, userId: `user_${person}`, createdAt, ...differs });
}

const before: Truth = {
  memberships: people.map((person) => member(person)),
  payments: people.map((person) => pay(person, 0)),
  refunds: [],
  disputes: [claim({ id: 'dspt_1', payment: pay('ada', 0), createdAt: noon + 2 * dayMs })],
};

/** Bob's membership has ended, Cy has paid again, Ada has got a payment back: and no webhook told. */
const after: Truth = {
  memberships: [
    member('ada'),
    member('bob', { status: 'canceled', cancelAtPeriodEnd: true, updatedAt: noon + 31 * dayMs }),
    member('cy'),
  ],
  payments: [...before.payments, pay('cy', 1)],
  refunds: [claim({ id: 'rf_1', payment: pay('ada', 0), createdAt: noon + 35 * dayMs })],
  disputes: before.disputes,
};

let testDatabase: TestDatabase;
let api: FakeWhopApi;
let asked: ListRequest[];
/** Lists that the key may not read. */
let forbidden: readonly ListName[] = [];
let marketing: Partial<Record<'promo_codes' | 'affiliates' | 'entries', Rows>> = {};

beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());
beforeEach(async () => {
  forbidden = [];
  marketing = {};
  await emptyTables(testDatabase.database.pool);
  await testDatabase.database.pool.query(
    'delete from reconciliation; delete from comparison; delete from backfill_progress',
  );
});
afterEach(() => api.stop());

async function serve(truth: Truth, stats: Readonly<Record<string, Stat>> = {}): Promise<void> {
  asked = [];
  api = await startFakeWhopApi({
    lists: {
      products: rowsOf([productRow({ id: 'prod_1', at: noon })]),
      plans: rowsOf([planRow({ id: 'plan_1', at: noon })]),
      memberships: rowsOf(truth.memberships.map(membershipRow)),
      payments: rowsOf(truth.payments.map(paymentRow)),
      refunds: rowsOf(truth.refunds.map(refundRow)),
      disputes: rowsOf(truth.disputes.map(disputeRow)),
      ...marketing,
    },
    stats,
    faultOf: (request) => {
      asked.push(request);
      return forbidden.includes(request.list) ? { status: 403 } : null;
    },
  });
}

/** A backfill of what was so then. */
async function begin(truth: Truth, at: number): Promise<void> {
  await serve(truth);
  const clock = { now: () => at, wait: async () => undefined };
  await readHistory(testDatabase.database, api, { differs: { clock } });
  await api.stop();
}

async function ask(differs: { now?: number; planId?: string } = {}): Promise<Report> {
  const sources = { database: testDatabase.database, settings: parseConfig({}).company };
  return revenueReport({ companyId, period: '30d', now, ...differs }, sources);
}

async function figure(key: string): Promise<number | null | undefined> {
  return (await ask()).figures.find((one) => one.key === key)?.value;
}

/** All facts, but when what has no time of its own was told, and the books. */
function dump(): Promise<string> {
  return dumpTables(testDatabase.database.pool, [
    ...['customer', 'membership', 'membership_change', 'payment', 'inbox', '(select id, title from product)'],
    ...bookTables,
    ...['refund', 'dispute'].map((table) => `(select id, payment_id, status, amount_minor, created_at from ${table})`),
  ]);
}

function question(list: string): (string | null | undefined)[] {
  const query = asked.find((request) => request.list === list)?.query;
  return [query?.get('created_after'), query?.get('updated_after')];
}

function reconcile(options: Partial<Parameters<typeof reconcileCompany>[2]> = {}) {
  return reconcileCompany(testDatabase.database, api, { now, ...options });
}

describe('a reconciliation', () => {
  it('heals what webhooks missed, so that the report tells the truth', async () => {
    await begin(after, now);
    const [truth, report] = [await dump(), await ask()];
    await emptyTables(testDatabase.database.pool);
    await testDatabase.database.pool.query('delete from backfill_progress');

    await begin(before, noon + 10 * dayMs);
    expect(await figure('paying_customers')).toBe(3);
    await serve(after);
    const { lists } = await reconcile();
    expect(await dump()).toBe(truth);
    expect(await ask()).toEqual(report);
    expect(await figure('paying_customers')).toBe(2);
    expect(await figure('refunds')).toBe(1050);
    const changed = Object.fromEntries(lists.map(({ resource, rowsChanged }) => [resource, rowsChanged]));
    expect(changed).toMatchObject({ products: 0, plans: 0, memberships: 1, payments: 1, refunds: 1, disputes: 0 });
  });

  it('brings back a membership that Whop says is on', async () => {
    await begin(after, noon + 32 * dayMs);
    const back = member('bob', { status: 'active', updatedAt: noon + 33 * dayMs, periodStart: noon + 32 * dayMs });
    await serve({ ...after, memberships: [member('ada'), back, member('cy')] });
    await reconcile();
    expect(await figure('paying_customers')).toBe(3);
  });

  it('changes nothing the second time', async () => {
    await begin(before, noon + 10 * dayMs);
    await serve(after);
    await reconcile();
    const once = await dump();
    const { lists } = await reconcile({ now: now + dayMs });
    expect(await dump()).toBe(once);
    expect(lists.map(({ rowsChanged }) => rowsChanged)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0]);
    // Whop is asked for all memberships, and for the payments of an hour before the first one.
    expect(lists.map(({ rowsRead }) => rowsRead)).toEqual([1, 1, 3, 0, 1, 1, 0, 0, 0]);
  });

  it('reads everything where nothing has been read', async () => {
    await serve(after);
    await reconcile();
    expect([question('payments'), question('refunds')]).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(await figure('paying_customers')).toBe(2);
  });

  it('asks for what changed since the backfill began, and then since the last one', async () => {
    const iso = (at: number) => new Date(at).toISOString();
    await begin(before, noon + 10 * dayMs);
    for (const [at, since] of [
      [now, noon + 10 * dayMs],
      [now + dayMs, now],
    ] as const) {
      await serve(after);
      await reconcile({ now: at });
      expect(question('payments')).toEqual([null, iso(since - hourMs)]);
      expect(question('disputes')).toEqual([iso(since - hourMs - 120 * dayMs), null]);
      expect(question('memberships')).toEqual([null, null]);
      await api.stop();
    }
    await serve(after);
  });

  it('reads everything after a backfill that isn’t complete', async () => {
    await begin(before, noon + 10 * dayMs);
    await testDatabase.database.pool.query(`delete from backfill_progress where resource = 'refunds'`);
    await serve(after);
    await reconcile();
    expect(question('payments')).toEqual([null, null]);
  });

  it('reads promo codes, affiliates and waitlists again', async () => {
    await begin(before, noon + 10 * dayMs);
    marketing = {
      promo_codes: rowsOf([promoCodeRow({ id: 'promo_1' })]),
      affiliates: rowsOf([affiliateRow({ id: 'aff_1' })]),
      entries: rowsOf([entryRow({ id: 'entry_1' })]),
    };
    await serve(after);
    const changes = async (at: number) => {
      const { lists } = await reconcile({ now: at });
      return lists.slice(-3).map(({ resource, rowsRead, rowsChanged }) => [resource, rowsRead, rowsChanged]);
    };
    expect(await changes(now)).toEqual([
      ['promo_codes', 1, 1],
      ['affiliates', 1, 1],
      ['entries', 1, 1],
    ]);
    await api.stop();
    marketing.promo_codes = rowsOf([promoCodeRow({ id: 'promo_1', uses: 8 })]);
    await serve(after);
    expect(await changes(now + dayMs)).toEqual([
      ['promo_codes', 1, 1],
      ['affiliates', 1, 0],
      ['entries', 1, 0],
    ]);
    expect(await readTable(testDatabase.database.pool, 'promo_code')).toMatchObject([{ uses: 8 }]);
  });

  it.each([
    ['affiliates', now],
    ['refunds', null],
  ] as const)('reads the others where the key may not read %s', async (list, keptAs) => {
    await begin(before, noon + 10 * dayMs);
    forbidden = [list];
    await serve(after);
    const { lists } = await reconcile();
    expect(lists.flatMap(({ resource, refusal }) => (refusal === null ? [] : [resource]))).toEqual([list]);
    expect(await figure('paying_customers')).toBe(2);
    // Where nothing is asked for by time, the next one needs no older time.
    expect(await readReconciledAt(testDatabase.database.pool, companyId)).toBe(keptAs);
  });

  it('leaves Whop to whoever reads already', async () => {
    await serve(after);
    const both = await Promise.allSettled([reconcile(), reconcile()]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(asked.filter(({ list }) => list === 'payments')).toHaveLength(1);
  });

  it.each([1, 2, 3, 4, 5, 6, 9])('that is killed before commit %i repeats harmlessly', async (commits) => {
    await begin(before, noon + 10 * dayMs);
    await serve(after);
    let number = 0;
    const beforeCommit = () => {
      number += 1;
      if (number === commits) throw new Error('killed');
    };
    await expect(reconcile({ beforeCommit })).rejects.toThrow('killed');
    expect(await readReconciledAt(testDatabase.database.pool, companyId)).toBe(null);
    await reconcile();
    expect(await readReconciledAt(testDatabase.database.pool, companyId)).toBe(now);
    const healed = await dump();
    await emptyTables(testDatabase.database.pool);
    await testDatabase.database.pool.query('delete from reconciliation');
    await api.stop();
    await begin(before, noon + 10 * dayMs);
    await serve(after);
    await reconcile();
    expect(healed).toBe(await dump());
  });
});

const perMonth = 29.99;
const agreeing: Readonly<Record<string, Stat>> = {
  monthly_recurring_revenue: level(2 * perMonth),
  paid_active_members: level(2),
  gross_revenue: grossIn(after.payments),
};

/** What Whop would sum, day by day. */
function grossIn(payments: readonly PaymentSketch[], rate = 1): Stat {
  return {
    on: (day, query) => {
      const paid = payments.filter(({ updatedAt }) => new Date(updatedAt).toISOString().startsWith(day));
      const sum = (currency: string) =>
        paid.filter((one) => one.currency === currency).reduce((total, one) => total + one.total, 0);
      const value = query.has('convert_to') ? sum('usd') + sum('eur') * rate : sum('usd');
      return { value, byCurrency: { usd: sum('usd'), eur: sum('eur') } };
    },
  };
}

/** The sentences of the comparison, as the report and `/status` show them. */
async function sentences(): Promise<readonly string[]> {
  const { notes } = await ask();
  const sources = { database: testDatabase.database, settings: parseConfig({}).company };
  const status = await readStatus(companyId, sources);
  const shown = JSON.stringify(statusMessage(status, '1'));
  const told = status.databaseReached ? status.differences : [];
  expect(notes.filter((note) => note.startsWith('Whop says'))).toEqual(told);
  expect(shown.includes('Compared with Whop')).toBe(told.length > 0);
  return told;
}

describe('the comparison with Whop’s own figures', () => {
  it('says nothing where they agree', async () => {
    await serve(after, agreeing);
    const { compared } = await reconcile();
    expect(compared.map((one) => ('unavailable' in one ? one : one.reason))).toEqual([null, null, null]);
    expect(await sentences()).toEqual([]);
  });

  it('is of 30 complete days: without today, and without the day before them', async () => {
    const outside = [Date.UTC(2026, 2, 23, 23, 59, 59), Date.UTC(2026, 3, 23)].map((paidAt, i) =>
      pay('ada', 0, { id: `pay_outside_${i}`, createdAt: paidAt, updatedAt: paidAt }),
    );
    const inside = [Date.UTC(2026, 2, 24), Date.UTC(2026, 3, 22, 23, 59, 59)].map((paidAt, i) =>
      pay('ada', 0, { id: `pay_inside_${i}`, createdAt: paidAt, updatedAt: paidAt }),
    );
    const payments = [...after.payments, ...outside, ...inside];
    await serve({ ...after, payments }, { ...agreeing, gross_revenue: grossIn(payments) });
    const { compared } = await reconcile();
    expect(compared[2]).toMatchObject({ figure: 'gross_revenue', whop: 3 * 2999, ours: 3 * 2999, reason: null });
  });

  it.each([
    [60.27, false],
    [60.29, true],
    [59.69, false],
    [59.67, true],
  ])('tells a difference above half a percent: $59.98 and $%d', async (mrr, differs) => {
    await serve(after, { ...agreeing, monthly_recurring_revenue: level(mrr) });
    await reconcile();
    expect(await sentences()).toHaveLength(differs ? 1 : 0);
  });

  it('names what is past due, where that is the difference', async () => {
    const late = member('cy', { status: 'past_due', updatedAt: noon + 33 * dayMs });
    const truth = { ...after, memberships: [...after.memberships.slice(0, 2), late] };
    await serve(truth, { ...agreeing, monthly_recurring_revenue: level(perMonth), paid_active_members: level(1) });
    await reconcile();
    expect(await sentences()).toEqual([
      'Whop says MRR $29.99, we say $59.98, because Whop leaves out the $29.99 that is past due (as of Apr 23, 2026, 12:00, UTC).',
      'Whop says paying customers 1, we say 2, because Whop leaves out the one who is past due (as of Apr 23, 2026, 12:00, UTC).',
    ]);
  });

  it('counts nobody as past due who pays for something else, too', async () => {
    const late = member('cy', { status: 'past_due', updatedAt: noon + 33 * dayMs });
    const other = member('cy', { id: 'mem_cy_too' });
    const paid = pay('cy', 1, { id: 'pay_cy_too', membershipId: 'mem_cy_too' });
    const memberships = [...after.memberships.slice(0, 2), late, other];
    const truth = { ...after, memberships, payments: [...after.payments, paid] };
    await serve(truth, { paid_active_members: level(1) });
    await reconcile();
    expect(await sentences()).toEqual([
      expect.stringMatching(/^Whop says paying customers 1, we say 2; no known reason explains it/),
    ]);
  });

  it('names the time zone, where days of UTC make the difference', async () => {
    // 20:00 of the day before in New York, on the first day of the 30.
    const onEdge = payment({
      ...pay('ada', 0),
      id: 'pay_edge',
      createdAt: Date.UTC(2026, 2, 24, 0),
      updatedAt: Date.UTC(2026, 2, 24, 0),
    });
    const truth = { ...after, payments: [...after.payments, onEdge] };
    await serve(truth, { ...agreeing, gross_revenue: grossIn(truth.payments) });
    await reconcile({ settings: { timeZone: 'America/New_York' } });
    expect(await sentences()).toEqual([
      'Whop says gross revenue of the last 30 complete days $59.98, we say $29.99, because Whop’s days are those of UTC and ours of America/New_York (as of Apr 23, 2026, 08:00, America/New_York).',
    ]);
  });

  it('names the conversion, where both say the same in each currency', async () => {
    const euros = pay('ada', 1, { currency: 'eur' });
    const truth = { ...after, payments: [...after.payments, euros] };
    await serve(truth, { ...agreeing, gross_revenue: grossIn(truth.payments, 1.2) });
    await reconcile();
    expect(await sentences()).toEqual([
      'Whop says gross revenue of the last 30 complete days $65.98, we say $59.98, because Whop converts EUR 29.99 at other rates than ours, or where we have none (as of Apr 23, 2026, 12:00, UTC).',
    ]);
  });

  it('names the conversion of MRR, of amounts that the books hold converted', async () => {
    const inEuros = after.payments.map((one) =>
      one.userId === 'user_cy' ? { ...one, currency: 'eur' as const } : one,
    );
    const told = { value: 65.98, byCurrency: { usd: perMonth, eur: perMonth } };
    const mrr: Stat = { on: () => told };
    await serve({ ...after, payments: inEuros }, { monthly_recurring_revenue: mrr, paid_active_members: level(2) });
    await reconcile({ settings: { reportingCurrency: 'USD' } });
    expect(await sentences()).toEqual([
      'Whop says MRR $65.98, we say $59.98, because Whop converts EUR 29.99 at other rates than ours, or where we have none (as of Apr 23, 2026, 12:00, UTC).',
    ]);
  });

  it('claims no reason where none bears it out', async () => {
    await serve(after, { ...agreeing, paid_active_members: level(7) });
    await reconcile();
    expect(await sentences()).toEqual([
      'Whop says paying customers 7, we say 2; no known reason explains it: cli backfill reads everything again (as of Apr 23, 2026, 12:00, UTC).',
    ]);
  });

  it('forgets a difference once there is none', async () => {
    await serve(after, { ...agreeing, paid_active_members: level(7) });
    await reconcile();
    await api.stop();
    await serve(after, agreeing);
    await reconcile();
    expect(await sentences()).toEqual([]);
  });

  it('forgets a difference that can’t be compared any more', async () => {
    await serve(after, { ...agreeing, paid_active_members: level(7) });
    await reconcile();
    await api.stop();
    await serve(after, { ...agreeing, paid_active_members: { status: 403 } });
    await reconcile();
    expect(await sentences()).toEqual([]);
  });

  it('is a note for a week, of the whole company alone', async () => {
    await serve(after, { ...agreeing, paid_active_members: level(7) });
    await reconcile();
    const told = async (differs: { now?: number; planId?: string }) =>
      (await ask(differs)).notes.some((note) => note.startsWith('Whop says'));
    expect(await told({ now: now + 7 * dayMs })).toBe(true);
    expect(await told({ now: now + 7 * dayMs + 1 })).toBe(false);
    expect(await told({ now: now - 1 })).toBe(false);
    expect(await told({ planId: 'plan_1' })).toBe(false);
  });

  it.each([
    ['refused', { status: 403 }, /stats:read/],
    ['unknown', undefined, /404/],
    ['wrong', { status: 400 }, /refuses to tell it \(400\)/],
    ['nonsense', { status: 200, body: 'hello' }, /can’t be read/],
    ['a gap', level(null), /has none for/],
  ] as const)('is not made where Whop’s figure is %s, and what was missed is healed', async (_how, stat, why) => {
    await begin(before, noon + 10 * dayMs);
    await serve(after, stat === undefined ? {} : Object.fromEntries(Object.keys(agreeing).map((key) => [key, stat])));
    const { compared } = await reconcile();
    for (const one of compared) expect('unavailable' in one ? one.unavailable : '').toMatch(why);
    expect(compared).toHaveLength(3);
    expect(await figure('paying_customers')).toBe(2);
    expect(await sentences()).toEqual([]);
  });

  it('is given up once for all figures, where Whop’s don’t come for long', async () => {
    await serve(after, { ...agreeing, monthly_recurring_revenue: { status: 500 } });
    const { compared } = await reconcile();
    const givenUp = 'Given up for now: Whop answers 500';
    expect(compared.map((one) => 'unavailable' in one && one.unavailable)).toEqual([givenUp, givenUp, givenUp]);
    expect(api.requests.of('stats')).toBe(16);
    expect(await readReconciledAt(testDatabase.database.pool, companyId)).toBe(now);
  });

  it('is made by the next one, where the process is killed before it', async () => {
    await serve(after, { ...agreeing, paid_active_members: level(7) });
    const killed = () => Promise.reject(new Error('killed'));
    await expect(reconcile({ differs: () => ({ readStat: killed }) })).rejects.toThrow('killed');
    expect(await sentences()).toEqual([]);
    await reconcile();
    expect(await sentences()).toHaveLength(1);
  });
});
