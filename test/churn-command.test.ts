import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { evaluateHistory } from '../src/domain/churn/evaluate-history.ts';
import type { MemberHistory } from '../src/domain/churn/member-history.ts';
import { WrongChoice } from '../src/domain/user-error.ts';
import { readEventHistory } from '../src/event-history.ts';
import { mondays, simulateCommunity } from './support/churn/simulated-community.ts';
import { runCli } from './support/program.ts';

let folder: string;
const histories = simulateCommunity({ seed: 'files', members: 250, weeks: 50, effect: -0.4 }).map(
  ({ history }) => history,
);
const landmarks = mondays(14, 26).map(dayOf);
const testFrom = landmarks[23] ?? '';

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function eventsOf({ memberId, activity }: MemberHistory): string[] {
  return (activity ?? []).map(
    ({ day, count }) => `${memberId},${dayOf(day)},${count > 2 ? '"long, post"' : 'post'},${count}`,
  );
}

type Cancelled = (end: number) => string;

function subscriptionsOf({ memberId, memberships }: MemberHistory, cancelled: Cancelled): string[] {
  return memberships.map(({ start, end }) =>
    [`sub ${memberId}`, memberId, dayOf(start), Number.isFinite(end) ? dayOf(end) : '', cancelled(end)].join(','),
  );
}

async function write(name: string, lines: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}

async function evaluate(files: { events: string; subscriptions: string }, ...options: string[]) {
  const args = ['--events', files.events, '--subscriptions', files.subscriptions, '--landmarks', landmarks.join(',')];
  return runCli(['churn', 'evaluate', ...args, '--test-from', testFrom, ...options], {});
}

const told = z.strictObject({
  auc: z.number(),
  brier: z.number(),
  logloss: z.number(),
  lift: z.number(),
  ece: z.number(),
  base_rate: z.number(),
  base_brier: z.number(),
  rows: z.number(),
  leavers: z.number(),
});

let events: string;
const head = 'sub,user,start,end,cancelled';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidewatch-churn-'));
  events = await write('events.csv', ['user,date,kind,value', ...histories.flatMap(eventsOf)]);
});
afterAll(() => rm(folder, { recursive: true }));

async function evaluateWith(cancelled: Cancelled) {
  const lines = histories.flatMap((history) => subscriptionsOf(history, cancelled));
  const subscriptions = await write('subs.csv', [head, ...lines]);
  const testsFrom = Date.parse(testFrom);
  const history = await readEventHistory({ events, subscriptions }, testsFrom);
  const days = { landmarks: landmarks.map(Date.parse), testFrom: testsFrom, historyStart: Number.NEGATIVE_INFINITY };
  return evaluateHistory({ ...history, ...days });
}

describe('cli churn evaluate', () => {
  it('prints one JSON object, and says the same in lines for people', async () => {
    const lines = histories.flatMap((history) => subscriptionsOf(history, () => ''));
    const files = { events, subscriptions: await write('subs.csv', [head, ...lines]) };
    const { stdout, stderr, code } = await evaluate(files, '--json');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const { brier, base_brier, rows } = told.parse(JSON.parse(stdout));
    expect(brier).toBeLessThan(base_brier);
    expect((await evaluate(files)).stdout).toMatch(new RegExp(`^auc +0\\.\\d+\\n[^]*\\nrows +${rows}\\n`));
  });

  it('exits 2 with one line where a day is none, and where there is nothing to judge', async () => {
    const subscriptions = await write('one.csv', [head, 's,u,2025-01-01,,']);
    expect(await evaluate({ events, subscriptions }, '--test-from', 'soon')).toMatchObject({ code: 2, stdout: '' });
    const late = await evaluate({ events, subscriptions }, '--test-from', '2031-01-06');
    expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining('Nothing to judge') });
  });
});

describe('histories from files', () => {
  it('tell who leaves better than the base rate', async () => {
    const scores = await evaluateWith(() => '');
    expect(scores.baseRate).toBeCloseTo(scores.leavers / scores.rows, 12);
    expect(scores.auc).toBeGreaterThan(0.6);
    expect(scores.brier).toBeLessThan(scores.baseBrier ?? 0);
  });

  it('don’t tell the end by a yes or no, nor by a date on the day of the end', async () => {
    const scores = await evaluateWith(() => '');
    expect(await evaluateWith((end) => (Number.isFinite(end) ? 'yes' : 'no'))).toEqual(scores);
    expect(await evaluateWith((end) => (Number.isFinite(end) ? dayOf(end) : ''))).toEqual(scores);
  });

  it('tell a cancellation that was known before', async () => {
    const scores = await evaluateWith((end) => (Number.isFinite(end) ? dayOf(end - 20 * 86_400_000) : ''));
    expect(scores.auc).toBeGreaterThan(0.75);
  });

  it.each([
    ['a,b\n1,2', 'line 1: there is no column sub, user, start, end, cancelled.'],
    [`${head}\ns,u,2025-01-01,`, 'line 2: 4 fields, not 5.'],
    [`${head}\ns,u,2025-01-01,,\n\ns,u,soon,,`, 'line 4: start: must be a date such as 2026-01-05.'],
    [`${head}\ns,u,2025-01-01,never,`, 'line 2: end: must be a date, or empty while it runs.'],
    [`${head}\ns,u,2025-01-01,,perhaps`, 'line 2: cancelled: must be a date, yes or no, or empty.'],
    [`${head}\ns,u,2025-01-02,2025-01-01,`, 'line 2: end: must not be before start.'],
    [`${head}\ns,,2025-01-02,,`, 'line 2: user: must not be empty.'],
    [`${head}\ns,"u,2025-01-01,,`, 'line 2: a quote isn’t closed.'],
  ])('say in one line what is wrong with %j', async (text, problem) => {
    const subscriptions = await write('wrong.csv', [text]);
    const wrong = new WrongChoice(`${subscriptions}, ${problem}`);
    await expect(readEventHistory({ events, subscriptions }, 0)).rejects.toThrow(wrong);
  });

  it('say which file isn’t there', async () => {
    const missing = readEventHistory({ events: join(folder, 'none.csv'), subscriptions: events }, 0);
    await expect(missing).rejects.toThrow('none.csv can’t be read (ENOENT).');
  });

  it.each([
    ['payment', true],
    ['Renewal_paid', true],
    ['failed_payment', true],
    ['chargeback', false],
    ['payments page seen', true],
    ['repayment plan read', false],
  ])('take %s for a bill: %s', async (kind, bill) => {
    const files = {
      events: await write('kind.csv', ['user,date,kind,value', `u,2025-01-01,${kind},1`]),
      subscriptions: await write('kind-subs.csv', [head, 's,u,2025-01-01,,']),
    };
    const [history] = (await readEventHistory(files, 0)).histories;
    expect(history?.bills.length === 1).toBe(bill);
  });

  it('take what is no bill for activity, and count the kinds of the most people apart', async () => {
    const told = [
      'u,2025-01-01,payment,29',
      'u,2025-02-01,payment_failed,29',
      'u,2025-02-02,post,',
      'v,2025-02-03,visit,3',
      'w,2025-02-03,visit,1',
    ];
    const files = {
      events: await write('few.csv', ['user,date,kind,value,note', ...told.map((line) => `${line},`)]),
      subscriptions: await write('few-subs.csv', [head, 's,u,2025-01-01,,']),
    };
    const {
      histories: [history],
      ...rest
    } = await readEventHistory(files, Date.UTC(2025, 2, 1));
    expect(history?.bills.map(({ failed }) => failed)).toEqual([false, true]);
    expect(history?.activity).toMatchObject([{ kind: 'post', value: 1 }]);
    expect(rest.kinds).toEqual([
      { kind: 'visit', valued: true },
      { kind: 'post', valued: false },
    ]);
    expect(rest).toMatchObject({ observedFrom: Date.UTC(2025, 0, 1), knownUntil: Date.UTC(2025, 1, 4) });
    expect((await readEventHistory(files, Date.UTC(2025, 1, 3))).kinds).toEqual([{ kind: 'post', valued: false }]);
  });
});
