import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { forgetOldAlerts } from '../../src/jobs/forget-old-alerts.ts';
import { tellAlerts } from '../../src/jobs/tell-alerts.ts';
import { writeGuildSettings } from '../../src/store/guild-settings.ts';
import { inOneTransaction } from '../../src/store/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { jobParts } from '../support/job-parts.ts';
import { current } from '../support/whop/current.ts';
import { signStandard } from '../support/whop/sign.ts';
import { claim, companyId, membership, minuteMs, noon, payment } from '../support/whop/sketch.ts';
import { emptyTables, readTable } from '../support/whop/tables.ts';
import { createWebhookApp } from '../support/whop/webhook-app.ts';

const dayMs = 24 * 60 * minuteMs;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await writeGuildSettings(db.database.pool, { companyId, guildId: '1', setUpBy: '7' }, { staffChannelId: '2' });
});
afterAll(() => db.drop());
beforeEach(() => emptyTables(db.database.pool));

type Told = readonly [type: string, data: Json];

/** What Whop tells at an instant, and what staff is told of it. */
async function tell(at: number, ...all: Told[]): Promise<string[]> {
  const app = createWebhookApp({ pool: db.database.pool, companyId, now: at });
  for (const [i, [type, data]] of all.entries()) {
    const sent = signStandard(JSON.stringify(current.envelope(type, data, { at })), { at, id: `msg_${at}_${i}` });
    expect((await app.send(sent)).statusCode).toBe(200);
  }
  await app.stop();
  await tellAlerts(jobParts(db.database), at + 10 * minuteMs);
  return alerts();
}

async function alerts(): Promise<string[]> {
  return (await readTable(db.database.pool, 'alert')).map(({ kind, state }) => `${kind} ${state}`);
}

async function forget(days: number, activityRetentionDays = 400): Promise<string[]> {
  const [at, parts] = [noon + days * dayMs, jobParts(db.database, { activityRetentionDays })];
  const write = await forgetOldAlerts({ companyId, slot: { key: '', at }, now: at }, parts);
  await inOneTransaction(db.database.pool, write);
  return alerts();
}

const failure: Told = ['payment.failed', current.payment(payment({ failed: true }))];
const dispute: Told = [
  'dispute.created',
  { ...Object(current.dispute(claim({ id: 'dspt_1', createdAt: noon }))), status: 'needs_response' },
];
const being = (status: 'active' | 'canceled', updatedAt: number, periodDays: number): Told => [
  'membership.updated',
  current.membership(membership({ status, cancelAtPeriodEnd: true, updatedAt, periodEnd: noon + periodDays * dayMs })),
];

describe('what staff was told', () => {
  it('is forgotten once it is older than what members do is kept, and what was pressed with it', async () => {
    const told = await tell(noon + minuteMs, failure, dispute);
    expect(told).toEqual(['dispute told', 'failed_payment told']);
    await db.database.pool.query(
      `insert into alert_response select company_id, id, 'contacted', '7', decided_at from alert`,
    );
    expect(await forget(400)).toEqual(told);
    expect(await readTable(db.database.pool, 'alert_response')).toHaveLength(2);
    expect(await forget(401)).toEqual([]);
    expect(await readTable(db.database.pool, 'alert_response')).toEqual([]);
  });

  it('isn’t while its outcome is looked for, however short the time is', async () => {
    await tell(noon + minuteMs, failure);
    expect(await forget(90, 1)).toEqual(['failed_payment told']);
    expect(await forget(91, 1)).toEqual([]);
  });

  it('isn’t told again once it is forgotten', async () => {
    await tell(noon + minuteMs, failure, dispute);
    expect(await forget(500)).toEqual([]);
    expect(await tell(noon + 500 * dayMs, failure, dispute)).toEqual([]);
  });

  it('stays while news of its membership could tell it again', async () => {
    await tell(noon + minuteMs, being('active', noon, 730));
    expect(await forget(500)).toEqual(['cancellation told']);
    const at = noon + 500 * dayMs;
    expect(await tell(at, being('active', at - minuteMs, 730))).toEqual(['cancellation told']);
    await tell(noon + 731 * dayMs, being('canceled', noon + 730 * dayMs, 730));
    expect(await forget(1130)).toEqual(['cancellation told']);
    expect(await forget(1131)).toEqual([]);
    const later = noon + 1200 * dayMs;
    expect(await tell(later, being('canceled', later - minuteMs, 730))).toEqual([]);
  });

  it('stays while it waits to be told', async () => {
    await tell(noon + minuteMs, failure);
    await db.database.pool.query(`update alert set state = 'waiting', decided_at = null`);
    expect(await forget(500)).toEqual(['failed_payment waiting']);
  });
});
