import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CompanySlot, ScheduledJob } from '../../src/jobs/job.ts';
import { createDueJobs } from '../../src/jobs/run-due.ts';
import { linkGuild } from '../../src/store/guild-link.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { jobParts } from '../support/job-parts.ts';

const dayMs = 24 * 3_600_000;
const monday = Date.UTC(2026, 10, 23);

let db: TestDatabase;
let ran: string[];
beforeAll(async () => {
  db = await createTestDatabase();
  await linkGuild(db.database.pool, { guildId: '1', companyId: 'biz_1', linkedBy: '7' });
});
afterAll(() => db.drop());
beforeEach(async () => {
  ran = [];
  await db.database.pool.query('delete from job_run');
});

function recorded(name: string, differs: Partial<ScheduledJob> = {}): ScheduledJob {
  return {
    schedule: { hour: 5, minute: 0, weekday: null },
    lateMs: dayMs,
    run: async ({ slot }: CompanySlot) => {
      ran.push(`${name} ${slot.key}`);
      return async () => undefined;
    },
    ...differs,
  };
}

const weekly = { schedule: { hour: 2, minute: 0, weekday: 1 }, lateMs: 6 * dayMs };

describe('jobs under a clock that leaps', () => {
  it('run once a leap, for the newest slot, and then those that are repeated', async () => {
    const tell = { everyMs: 60_000, run: async () => void ran.push('tell') };
    const due = createDueJobs({ tell, scan: recorded('scan') }, jobParts(db.database));
    await due.run(monday + 0.5 * dayMs);
    await due.run(monday + 0.6 * dayMs);
    await due.run(monday + 7.5 * dayMs);
    expect(ran).toEqual(['scan 2026-11-23', 'tell', 'tell', 'scan 2026-11-30', 'tell']);
  });

  it('run beside each other where they are scheduled, as they do at the bot’s start', async () => {
    const begun = new Set<string>();
    let allBegan = () => {};
    const together = new Promise<void>((resolve) => {
      allBegan = resolve;
    });
    const meeting = (name: string): ScheduledJob => ({
      ...recorded(name),
      run: async () => {
        begun.add(name);
        if (begun.size === 2) allBegan();
        await together;
        return async () => undefined;
      },
    });
    await createDueJobs({ scan: meeting('scan'), digest: meeting('digest') }, jobParts(db.database)).run(
      monday + dayMs,
    );
    expect([...begun].sort()).toEqual(['digest', 'scan']);
  });

  it('tell when one is due next, and null where it never is', async () => {
    const due = createDueJobs({}, jobParts(db.database));
    const at = monday + 2 * 3_600_000;
    expect(await due.nextTimeOf(recorded('fit', weekly), monday)).toBe(at);
    expect(await due.nextTimeOf(recorded('fit', weekly), at)).toBe(at + 7 * dayMs);
    expect(await due.nextTimeOf(recorded('fit', { schedule: async () => null }), monday)).toBeNull();
  });

  it('go on beside one that runs in the background, which isn’t started again meanwhile', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const fit = recorded('fit', weekly);
    const slow: ScheduledJob = {
      ...fit,
      inBackground: true,
      run: async (slot, parts) => {
        await held;
        return fit.run(slot, parts);
      },
    };
    const due = createDueJobs({ fit: slow, scan: recorded('scan') }, jobParts(db.database));
    await due.run(monday + 0.5 * dayMs);
    await due.run(monday + 7.5 * dayMs);
    expect(ran).toEqual(['scan 2026-11-23', 'scan 2026-11-30']);
    release();
    await due.settled();
    expect(ran.at(-1)).toBe('fit 2026-11-23');
    await due.run(monday + 7.6 * dayMs);
    await due.settled();
    expect(ran.at(-1)).toBe('fit 2026-11-30');
    expect(ran).toHaveLength(4);
  });
});
