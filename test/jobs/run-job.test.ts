import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, daysBetween } from '../../src/domain/calendar.ts';
import { newestSlot, type Schedule } from '../../src/domain/schedule.ts';
import { Passing } from '../../src/domain/user-error.ts';
import { forgetOldRuns } from '../../src/jobs/forget-old-runs.ts';
import type { CompanySlot, JobParts, ScheduledJob, Write } from '../../src/jobs/job.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { linkGuild } from '../../src/store/guild-link.ts';
import { claimSlot, finishClaim, giveBackClaim } from '../../src/store/job-run.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { jobParts } from '../support/job-parts.ts';
import { readTable } from '../support/whop/tables.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const zones = ['America/New_York', 'Australia/Sydney', 'Asia/Shanghai', 'Asia/Kathmandu', 'Europe/Berlin'];
const nightly: Schedule = { hour: 2, minute: 30, weekday: null };
const now = Date.UTC(2026, 10, 24, 12);
const slot = { key: '2026-11-24', at: Date.UTC(2026, 10, 24, 2, 30) };
const nothing: Write = async () => undefined;

let db: TestDatabase;
let ran: CompanySlot[];
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  ran = [];
  await db.database.pool.query('delete from job_run; delete from guild_link; delete from company_settings');
});

async function know(companyId: string, timeZone?: string): Promise<void> {
  const { pool } = db.database;
  await linkGuild(pool, { guildId: companyId, companyId, linkedBy: '7' });
  if (timeZone === undefined) return;
  await pool.query('insert into company_settings (company_id, time_zone) values ($1, $2)', [companyId, timeZone]);
}

const parts = (differs: Partial<JobParts> = {}) => jobParts(db.database, differs);
const recorded = async (one: CompanySlot) => {
  ran.push(one);
  return nothing;
};

function tick(differs: Partial<ScheduledJob> = {}, at = now, given = parts()): Promise<void> {
  return runJob({ name: 'scan', job: { schedule: nightly, lateMs: dayMs, run: recorded, ...differs } }, given, at);
}

/** As if the time until the next attempt, or until another process may take over, had passed. */
const letTimePass = () =>
  db.database.pool.query(`update job_run set free_at = now() - interval '1 second' where free_at is not null`);

describe('a scheduled job', () => {
  it('runs each local night of each company once, through both changes of the clock', async () => {
    for (const zone of zones) await know(zone, zone);
    const seasons = [Date.UTC(2026, 2, 1, 12), Date.UTC(2026, 9, 20, 12)];
    const days = 40;
    for (const from of seasons) for (let at = from; at < from + days * dayMs; at += 3 * hourMs) await tick({}, at);
    for (const zone of zones) {
      const nights = ran.filter(({ companyId }) => companyId === zone).map((one) => one.slot);
      const expected = seasons.flatMap((from) => {
        const first = newestSlot(nightly, from, zone).key;
        const last = newestSlot(nightly, from + days * dayMs - 3 * hourMs, zone).key;
        return Array.from({ length: daysBetween(first, last) + 1 }, (_, n) => addDays(first, n));
      });
      expect(nights.map(({ key }) => key)).toEqual(expected);
      for (const { key, at } of nights) expect(newestSlot(nightly, at, zone)).toEqual({ key, at });
    }
  });

  it('runs once, however many processes look at once and how often', async () => {
    for (const id of ['biz_a', 'biz_b', 'biz_c']) await know(id);
    await Promise.all(Array.from({ length: 6 }, () => tick()));
    await tick();
    expect(ran.map(({ companyId }) => companyId).sort()).toEqual(['biz_a', 'biz_b', 'biz_c']);
  });

  it('runs for the company of the environment, too', async () => {
    await tick({}, now, parts({ companyId: 'biz_env' }));
    expect(ran).toEqual([{ companyId: 'biz_env', slot, now }]);
  });

  it('runs when a company chose to have it, and never where it chose not to', async () => {
    await know('biz_early');
    await know('biz_never');
    const schedule = async (companyId: string) =>
      companyId === 'biz_never' ? null : { ...nightly, hour: 11, setAt: null };
    await tick({ schedule });
    expect(ran.map((one) => [one.companyId, one.slot.at])).toEqual([['biz_early', Date.UTC(2026, 10, 24, 11, 30)]]);
  });

  it('isn’t made up for once it is too late', async () => {
    await know('biz_a');
    await tick({ lateMs: 2 * hourMs });
    expect(ran).toEqual([]);
  });
});

describe('a run that fails', () => {
  const failing = (error: Error) => ({ run: (one: CompanySlot) => recorded(one).then(() => Promise.reject(error)) });

  it('is tried again later, and not five times', async () => {
    await know('biz_a');
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await tick(failing(new Error('broken')));
      await tick(failing(new Error('broken')));
      await letTimePass();
    }
    expect(ran).toHaveLength(5);
    expect(await readTable(db.database.pool, 'job_run')).toMatchObject([
      { status: 'failed', failures: 5, free_at: null },
    ]);
  });

  it('is tried again at the next look, as often as it takes, where what prevents it passes', async () => {
    await know('biz_a');
    for (let attempt = 0; attempt < 7; attempt += 1) await tick(failing(new Passing('not now')));
    await tick();
    await tick();
    expect(ran).toHaveLength(8);
  });

  it('doesn’t keep the other companies from theirs', async () => {
    for (const id of ['biz_a', 'biz_b']) await know(id);
    await tick({
      run: async (one) => {
        if (one.companyId === 'biz_a') throw new Error('broken');
        return recorded(one);
      },
    });
    expect(ran.map(({ companyId }) => companyId)).toEqual(['biz_b']);
  });
});

describe('a run whose process is gone', () => {
  const wanted = { companyId: 'biz_a', job: 'scan', slot };

  it('is taken over when its lease has ended, and not before', async () => {
    await know('biz_a');
    await claimSlot(db.database.pool, wanted, dayMs);
    await tick();
    expect(ran).toEqual([]);
    await letTimePass();
    await tick();
    expect(ran).toHaveLength(1);
  });

  it('can’t write any more, should it only have been slow', async () => {
    await know('biz_a');
    const { pool } = db.database;
    const slow = await claimSlot(pool, wanted, dayMs);
    await letTimePass();
    const other = await claimSlot(pool, wanted, dayMs);
    if (slow === null || other === null) throw new Error('not claimed');
    expect(await finishClaim(pool, slow, () => Promise.reject(new Error('written')))).toBe(false);
    await giveBackClaim(pool, slow);
    expect(await readTable(pool, 'job_run')).toMatchObject([{ status: 'running', attempt: 2 }]);
    expect(await finishClaim(pool, other, nothing)).toBe(true);
    expect(await finishClaim(pool, other, () => Promise.reject(new Error('written')))).toBe(false);
  });

  it('goes on at once elsewhere where it was stopped rather than killed', async () => {
    await know('biz_a');
    const stopping = new AbortController();
    const run = async () => {
      stopping.abort();
      throw new Error('stopped');
    };
    await tick({ run }, now, parts({ stopping: stopping.signal }));
    await tick();
    expect(ran).toHaveLength(1);
  });
});

describe('what a run writes', () => {
  it('is written with the mark that it is done, or not at all', async () => {
    await know('biz_a');
    const writes =
      (fails: boolean): Write =>
      async (client) => {
        await client.query(
          `insert into job_run select 'biz_other', job, slot, scheduled_at, status, 1, 0 from job_run`,
        );
        if (fails) throw new Error('broken');
      };
    await tick({ run: async () => writes(true) });
    expect(await readTable(db.database.pool, 'job_run')).toMatchObject([{ company_id: 'biz_a', status: 'failed' }]);
    await letTimePass();
    await tick({ run: async () => writes(false) });
    expect(await readTable(db.database.pool, 'job_run')).toMatchObject([
      { status: 'done' },
      { company_id: 'biz_other' },
    ]);
  });

  it('is forgotten after 90 days, as a run', async () => {
    await know('biz_a');
    await tick();
    const forget = (days: number) => tick({ run: forgetOldRuns }, now + days * dayMs);
    const slots = async () => (await readTable(db.database.pool, 'job_run')).map((row) => row.slot);
    await forget(90);
    expect(await slots()).toEqual([slot.key, addDays(slot.key, 90)]);
    await forget(91);
    expect(await slots()).toEqual([addDays(slot.key, 90), addDays(slot.key, 91)]);
  });
});
