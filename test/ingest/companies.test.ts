import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { current } from '../support/whop/current.ts';
import { type Signed, signStandard } from '../support/whop/sign.ts';
import { claim, membership, noon, payment } from '../support/whop/sketch.ts';
import { dumpTables, emptyTables, factTables, readTable } from '../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../support/whop/webhook-app.ts';

let db: TestDatabase;
let app: WebhookApp;
beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool });
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});
beforeEach(() => emptyTables(db.database.pool));

/** The same deliveries, ids and all, of a company whose amounts are `total`. */
function deliveriesOf(companyId: string, total: number): Signed[] {
  const paid = payment({ total });
  const events = [
    ['payment.succeeded', current.payment(paid)],
    ['membership.activated', current.membership(membership())],
    ['refund.created', current.refund(claim({ id: 'rf_1', payment: paid, amount: total }))],
    ['dispute.created', current.dispute(claim({ id: 'dspt_1', payment: paid, amount: total }))],
  ] as const;
  return events.map(([type, data]) =>
    signStandard(JSON.stringify(current.envelope(type, data, { at: noon, companyId })), {
      at: noon,
      id: `msg_${type}`,
    }),
  );
}

const ofCompany = (dump: string, companyId: string) =>
  dump.split('\n').filter((line) => line.includes(`(${companyId},`));

describe('two companies with the same ids', () => {
  it('stay apart, in one batch and in repeats', async () => {
    const [a, b] = [deliveriesOf('biz_A', 10), deliveriesOf('biz_B', 20)];
    const answers = await Promise.all([...a, ...b, ...a, ...b].map((sent) => app.send(sent)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(await readTable(db.database.pool, 'inbox')).toHaveLength(8);
    for (const [table, column] of [
      ['payment', 'total_minor'],
      ['refund', 'amount_minor'],
      ['dispute', 'amount_minor'],
    ] as const) {
      expect(await readTable(db.database.pool, table)).toMatchObject([
        { company_id: 'biz_A', [column]: 1000 },
        { company_id: 'biz_B', [column]: 2000 },
      ]);
    }
  });

  it('have the rows that each would have alone', async () => {
    const both = [...deliveriesOf('biz_A', 10), ...deliveriesOf('biz_B', 20)];
    await Promise.all(both.map((sent) => app.send(sent)));
    const together = await dumpTables(db.database.pool, factTables);
    for (const [companyId, total] of [
      ['biz_A', 10],
      ['biz_B', 20],
    ] as const) {
      await emptyTables(db.database.pool);
      for (const sent of deliveriesOf(companyId, total)) await app.send(sent);
      const alone = await dumpTables(db.database.pool, factTables);
      expect(ofCompany(together, companyId)).toEqual(alone.split('\n'));
    }
  });
});
