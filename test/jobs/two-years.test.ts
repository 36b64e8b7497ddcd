import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, dayOf, periodAt, startOfDay } from '../../src/domain/calendar.ts';
import type { CompanySlot, ScheduledJob } from '../../src/jobs/job.ts';
import { jobs } from '../../src/jobs/jobs.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { writeDigestSchedule } from '../../src/store/digest-schedule.ts';
import { linkGuild } from '../../src/store/guild-link.ts';
import { writeGuildSettings } from '../../src/store/guild-settings.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { jobParts } from '../support/job-parts.ts';

const hourMs = 3_600_000;
/** Both hemispheres, no change of the clock, and an offset of 5:45. */
const zones = ['America/New_York', 'Australia/Sydney', 'Asia/Shanghai', 'Asia/Kathmandu', 'Europe/Berlin'];
const [begin, end] = [Date.UTC(2026, 0, 1, 12), Date.UTC(2028, 0, 1, 12)];
/** In no step with days, so that it comes at all times of day. */
const everyMs = 17 * hourMs;

let db: TestDatabase;
const ran = new Map<string, CompanySlot[]>();

/** The job as it is, but for what it does: that is written down. */
function recorded(name: string): ScheduledJob {
  const job = jobs[name];
  if (job === undefined || 'everyMs' in job) throw new Error('no such scheduled job');
  const own: CompanySlot[] = [];
  ran.set(name, own);
  const run = async (slot: CompanySlot) => {
    own.push(slot);
    return async () => undefined;
  };
  return { ...job, run };
}

beforeAll(async () => {
  db = await createTestDatabase();
  const { pool } = db.database;
  for (const [n, zone] of zones.entries()) {
    const guildId = `${n + 1}`;
    await linkGuild(pool, { guildId, companyId: zone, linkedBy: '7' });
    await pool.query('insert into company_settings (company_id, time_zone) values ($1, $1)', [zone]);
    await writeGuildSettings(pool, { companyId: zone, guildId, setUpBy: '7' }, { digestChannelId: '10' });
    // Sundays at 02:00: where clocks change it is skipped once a year, and shown twice once.
    await writeDigestSchedule(pool, { companyId: zone, weekday: 7, hour: 2, setAt: begin });
  }
  const [digest, scan] = [recorded('weekly-digest'), recorded('scan-churn')];
  for (let now = begin; now < end; now += everyMs) {
    await runJob({ name: 'weekly-digest', job: digest }, jobParts(db.database), now);
    await runJob({ name: 'scan-churn', job: scan }, jobParts(db.database), now);
  }
}, 120_000);
afterAll(() => db.drop());

const slotsOf = (name: string, zone: string) =>
  (ran.get(name) ?? []).filter(({ companyId }) => companyId === zone).map(({ slot }) => slot);

/** What clocks show then: `Sun 02:00`. */
function shown(instant: number, timeZone: string): string {
  const options = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(instant).replace(',', '');
}

/** How often in these two years the clock skips 02:00 of a Sunday. */
const skipped: Readonly<Record<string, number>> = { 'America/New_York': 2, 'Australia/Sydney': 2, 'Europe/Berlin': 2 };

describe.each(zones)('in two years of %s', (timeZone) => {
  it('each week has one digest, on Sunday at 02:00 or where that is skipped an hour later', () => {
    const slots = slotsOf('weekly-digest', timeZone);
    const first = slots[0]?.key ?? '';
    expect(slots.length).toBeGreaterThanOrEqual(104);
    expect(slots.map(({ key }) => key)).toEqual(slots.map((_, n) => addDays(first, 7 * n)));
    const times = slots.map(({ at }) => shown(at, timeZone));
    expect(times.filter((time) => time !== 'Sun 02:00' && time !== 'Sun 03:00')).toEqual([]);
    expect(times.filter((time) => time === 'Sun 03:00')).toHaveLength(skipped[timeZone] ?? 0);
  });

  it('each digest covers the last seven whole local days from a Monday on, and the next one the seven after', () => {
    const covered = slotsOf('weekly-digest', timeZone).map(({ at }) =>
      periodAt('week', at, { timeZone, weekStart: 'monday' }),
    );
    for (const [n, { start, end, previous }] of covered.entries()) {
      const monday = dayOf(start, timeZone);
      expect([shown(start, timeZone), shown(end, timeZone)]).toEqual(['Mon 00:00', 'Mon 00:00']);
      expect([start, end]).toEqual([startOfDay(monday, timeZone), startOfDay(addDays(monday, 7), timeZone)]);
      if (n > 0) expect(previous).toMatchObject({ start: covered[n - 1]?.start, end: covered[n - 1]?.end });
    }
  });

  it('each day has one scan, at 05:10', () => {
    const slots = slotsOf('scan-churn', timeZone);
    const first = slots[0]?.key ?? '';
    expect(slots.length).toBeGreaterThanOrEqual(729);
    expect(slots.map(({ key }) => key)).toEqual(slots.map((_, n) => addDays(first, n)));
    for (const { key, at } of slots) {
      expect([dayOf(at, timeZone), shown(at, timeZone).slice(4)]).toEqual([key, '05:10']);
    }
  });
});
