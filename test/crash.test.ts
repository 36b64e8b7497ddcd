import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type Program, startProgram } from './support/program.ts';
import { generations } from './support/whop/generations.ts';
import { webhookSecret } from './support/whop/sign.ts';
import { companyId, payment } from './support/whop/sketch.ts';

const deliveries = 5000;
const senders = 32;
const kills = 3;

describe('a bot that is killed with -9 while 5,000 deliveries arrive', () => {
  let testDatabase: TestDatabase;
  let bot: Program;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
  });
  afterEach(async () => {
    bot.child.kill('SIGKILL');
    await bot.ended;
    await testDatabase.drop();
  });

  async function startBot(): Promise<string> {
    bot = startProgram('src/main.ts', [], {
      DATABASE_URL: testDatabase.connectionString,
      WHOP_COMPANY_ID: companyId,
      WHOP_WEBHOOK_SECRET: webhookSecret,
      HOST: '127.0.0.1',
      PORT: '0',
      ROLES: 'web',
    });
    await bot.until('"started"');
    const [, url = ''] = /"url":"([^"]+)"/.exec(bot.stdout()) ?? [];
    return url;
  }

  async function count(sql: string): Promise<unknown> {
    const { rows } = await testDatabase.database.pool.query(sql);
    return rows[0];
  }

  it('counts each exactly once after it is back', async () => {
    let url = startBot();
    let recorded = 0;

    /** As Whop does: sends until it is answered 200, with the same id. */
    async function send(number: number): Promise<void> {
      const id = `pay_${number}`;
      const data = generations.current.payment(payment({ id, membershipId: `mem_${number}`, total: 10 }));
      const body = JSON.stringify(generations.current.envelope('payment.succeeded', data, { at: Date.now() }));
      for (;;) {
        const { headers } = generations.current.sign(body, { at: Date.now(), id: `msg_${number}` });
        const address = `${await url}/webhooks/whop`;
        const status = await fetch(address, { method: 'POST', body, headers }).then(
          (response) => response.status,
          () => null,
        );
        if (status === 200) break;
        await delay(20);
      }
      recorded += 1;
    }

    async function killNow(after: number): Promise<void> {
      while (recorded < after) await delay(2);
      bot.child.kill('SIGKILL');
      url = bot.ended.then(startBot);
      await url;
    }

    let next = 0;
    const sending = Array.from({ length: senders }, async () => {
      while (next < deliveries) await send(next++);
    });
    for (let kill = 1; kill <= kills; kill += 1) await killNow((deliveries * kill) / (kills + 1));
    await Promise.all(sending);

    const counted =
      'select count(*) as rows, count(distinct id) as things, sum(total_minor)::bigint as minor from payment';
    expect(await count(counted)).toEqual({ rows: deliveries, things: deliveries, minor: deliveries * 1000 });
    expect(await count('select count(*) as rows from inbox')).toEqual({ rows: deliveries });
  }, 120_000);
});
