import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import type { CompanySlot, Write } from '../../src/jobs/job.ts';
import { runJob } from '../../src/jobs/run-job.ts';
import { openDatabase } from '../../src/store/database.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { jobParts } from './job-parts.ts';

// Runs one job as its slots come, until it is killed. It tells its parent of each run that it begins, and takes its clock from
// the table `test_clock`, so that the parent decides when the next slots come. A run writes a message.

const leaseMs = 400;
const connectionString = process.argv[2] ?? '';
const database = await openDatabase({ connectionString, poolSize: 4, log: pino({ level: 'silent' }) });
const { pool } = database;

const job = {
  schedule: { hour: 2, minute: 30, weekday: null },
  lateMs: 24 * 60 * 60 * 1000,
  run: async ({ companyId, slot }: CompanySlot): Promise<Write> => {
    process.send?.('began');
    await delay(Math.random() * 8);
    const key = `count ${slot.key}`;
    const channelId = `10000000000000000${companyId.at(-1)}`;
    return (client) => enqueue(client, { companyId, key, channelId, message: { content: `${companyId} ${slot.key}` } });
  },
};

for (;;) {
  const { rows } = await pool.query<{ now: number }>('select now from test_clock');
  await runJob({ name: 'count', job }, jobParts(database), rows[0]?.now ?? 0, leaseMs);
  await delay(20);
}
