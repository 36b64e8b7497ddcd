import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, startOfDay } from '../../src/domain/calendar.ts';
import { changeSettings } from '../../src/ingest/change-settings.ts';
import { setUpGuild } from '../../src/ingest/set-up-guild.ts';
import { jobs } from '../../src/jobs/jobs.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { digestJob, readDigestSetup } from '../../src/reports/digest/digest-setup.ts';
import { writeDigestSchedule } from '../../src/store/digest-schedule.ts';
import { type GuildChange, writeGuildSettings } from '../../src/store/guild-settings.ts';
import { storeCommunity } from '../support/churn/store-community.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { at, companyDefaults } from '../support/facts.ts';
import { jobParts } from '../support/job-parts.ts';
import { readTable } from '../support/whop/tables.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const shanghai = 'Asia/Shanghai';
/** Monday 05:00 there. */
const due = Date.UTC(2026, 10, 22, 21);

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await storeMembers();
}, 60_000);
afterAll(() => db.drop());
beforeEach(async () => {
  const { pool } = db.database;
  await changeSettings(parts(), 'biz_1', { timeZone: null });
  const tables = ['job_run', 'outbox', 'guild_settings', 'company_settings', 'digest_schedule', 'digest_figure'];
  await pool.query(tables.map((table) => `delete from ${table}`).join('; '));
});

/** Two members since the year began, and a third since the week of the digest. */
async function storeMembers(): Promise<void> {
  const member = (n: number, since: string) => ({
    memberId: `user_${n}`,
    memberships: [{ id: `mem_${n}`, start: at(since), end: Number.POSITIVE_INFINITY, terms: [], cancellations: [] }],
    bills: [],
    activity: [],
  });
  const histories = [member(1, '2026-01-01'), member(2, '2026-01-01'), member(3, '2026-11-18')];
  await storeCommunity(db.database.pool, { companyId: 'biz_1', histories, until: at('2026-12-15') });
}

const parts = () => ({ pool: db.database.pool, settings: companyDefaults });

type Chosen = { timeZone?: string; weekday?: number; hour?: number; setAt?: number; guild?: GuildChange };

/** A company that chose long ago to have its digest in channel 10. */
async function choose(differs: Chosen = {}): Promise<void> {
  const { timeZone = shanghai, weekday = 1, hour = 5, setAt = 0, guild = { digestChannelId: '10' } } = differs;
  const { pool } = db.database;
  const companyId = 'biz_1';
  await changeSettings(parts(), companyId, { timeZone });
  await writeDigestSchedule(pool, { companyId, weekday, hour, setAt });
  await writeGuildSettings(pool, { companyId, guildId: '1', setUpBy: '7' }, guild);
}

async function look(now: number): Promise<void> {
  const job = jobs[digestJob];
  if (job === undefined || 'everyMs' in job) throw new Error('no such scheduled job');
  await runJob({ name: digestJob, job }, jobParts(db.database), now);
}

async function posted(): Promise<string[]> {
  const rows = await readTable(db.database.pool, 'outbox');
  return rows.map(({ channel_id, body }) => `${channel_id} ${JSON.stringify(body)}`);
}

async function weeksTold(): Promise<string[]> {
  const { rows } = await db.database.pool.query<{ week: string }>(
    'select distinct week::text from digest_figure order by week',
  );
  return rows.map(({ week }) => week);
}

describe('a digest of Monday 05:00 in Asia/Shanghai', () => {
  it('goes out on Sunday at 21:00 UTC, and covers the last full Monday to Sunday there', async () => {
    await choose();
    await look(due - 1);
    expect(await posted()).toEqual([]);
    await look(due);
    const [message = '', ...others] = await posted();
    expect(others).toEqual([]);
    expect(message).toMatch(/^10 /);
    expect(message).toContain('Last complete week: Nov 16 – 22, 2026 (Asia/Shanghai)');
    expect(message).not.toContain('late');
    expect(await weeksTold()).toEqual(['2026-11-16']);
  });

  it('is posted once, however many processes look, how often, and whatever is chosen meanwhile', async () => {
    await choose();
    await Promise.all(Array.from({ length: 4 }, () => look(due)));
    await look(due + hourMs);
    await writeDigestSchedule(db.database.pool, { companyId: 'biz_1', weekday: 3, hour: 7, setAt: due + hourMs });
    for (let day = 1; day < 6; day += 1) await look(due + day * dayMs);
    expect(await posted()).toHaveLength(1);
    await look(due + 9 * dayMs + 2 * hourMs);
    expect(await weeksTold()).toEqual(['2026-11-16', '2026-11-23']);
  });

  it('says when it was due where it comes late, and doesn’t come later than two days', async () => {
    await choose();
    await look(due + 2 * dayMs);
    expect(await posted()).toEqual([expect.stringContaining('late: it was due on Nov 23, 2026, 05:00')]);
    expect(await posted()).toEqual([expect.stringContaining('Nov 16 – 22, 2026')]);
    await look(due + 9 * dayMs + 1);
    expect(await posted()).toHaveLength(1);
  });

  it('says nothing of being late within the hour', async () => {
    await choose();
    await look(due + hourMs);
    expect((await posted())[0]).not.toContain('late');
  });
});

describe('what was due before', () => {
  const setUp = (guild: GuildChange, now: number) =>
    setUpGuild(parts(), { companyId: 'biz_1', guildId: '1', setUpBy: '7', now, guild, company: {} });

  it('there was a channel isn’t made up for', async () => {
    await setUp({ staffChannelId: '20' }, due - 30 * dayMs);
    const monday = Date.UTC(2026, 10, 23, 9);
    await setUp({ digestChannelId: '10' }, monday + 1);
    await look(monday + hourMs);
    expect(await posted()).toEqual([]);
    const question = { companyId: 'biz_1', guildId: '1', now: monday + hourMs };
    expect((await readDigestSetup(question, jobParts(db.database).sources)).next).toBe(monday + 7 * dayMs);
    await look(monday + 7 * dayMs);
    expect(await weeksTold()).toEqual(['2026-11-23']);
  });

  it('the channel was replaced by another is', async () => {
    await setUp({ digestChannelId: '10' }, due - 30 * dayMs);
    await setUp({ digestChannelId: '11' }, due + dayMs);
    await look(Date.UTC(2026, 10, 24, 9));
    expect(await posted()).toEqual([expect.stringMatching(/^11 /)]);
  });

  it('a schedule was chosen isn’t, and the week isn’t lost where that names a later day of it', async () => {
    await choose({ weekday: 1, setAt: due + 1 });
    await look(due + hourMs);
    expect(await posted()).toEqual([]);
    await writeDigestSchedule(db.database.pool, { companyId: 'biz_1', weekday: 2, hour: 5, setAt: due + hourMs });
    await look(due + dayMs);
    expect(await weeksTold()).toEqual(['2026-11-16']);
  });
});

describe('no digest', () => {
  it('comes without a channel for it', async () => {
    await choose({ guild: { staffChannelId: '20' } });
    await look(due);
    expect(await readTable(db.database.pool, 'job_run')).toEqual([]);
  });

  it('comes of a time of which nothing is known', async () => {
    await choose();
    await look(at('2025-11-24T00:00:00Z'));
    expect(await posted()).toEqual([]);
  });
});

describe('who is named', () => {
  it('is told where the channel is that of the staff, and nowhere else', async () => {
    const { pool } = db.database;
    await choose({ guild: { digestChannelId: '10', staffChannelId: '10' } });
    const everybody = { digestChannelId: '11', staffChannelId: '20' };
    await writeGuildSettings(pool, { companyId: 'biz_1', guildId: '2', setUpBy: '7' }, everybody);
    await look(due);
    const texts = (await posted()).sort();
    expect(texts.map((text) => text.slice(0, 3))).toEqual(['10 ', '11 ']);
    expect(texts.map((text) => text.includes('user\\\\_3'))).toEqual([true, false]);
  });
});

describe('the week after a change of the clock', () => {
  it.each([
    ['America/New_York', '2026-11-02'],
    ['Australia/Sydney', '2026-04-06'],
    ['Asia/Kathmandu', '2026-03-30'],
    ['Europe/Berlin', '2026-03-30'],
    ['Europe/Berlin', '2026-10-26'],
  ])('is told in %s on %s, of the seven local days before', async (timeZone, monday) => {
    await choose({ timeZone, hour: 0 });
    const midnight = startOfDay(monday, timeZone);
    await look(midnight - 1);
    expect(await weeksTold()).not.toContain(addDays(monday, -7));
    await look(midnight);
    expect(await weeksTold()).toContain(addDays(monday, -7));
    expect((await posted()).at(-1)).toContain(`(${timeZone})`);
  });
});
