import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config.ts';
import type { Json } from '../../../src/ingest/delivery.ts';
import { createIngest } from '../../../src/ingest/ingest.ts';
import { revenueReport } from '../../../src/reports/revenue.ts';
import { subscriptionsReport } from '../../../src/reports/subscriptions.ts';
import { readDelivery } from '../../../src/whop/delivery.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { companyDefaults } from '../../support/facts.ts';
import { type FakeWhopApi, startFakeWhopApi } from '../../support/whop/api/fake-whop-api.ts';
import { rowsOf } from '../../support/whop/api/lists.ts';
import { readHistory } from '../../support/whop/api/read-history.ts';
import {
  disputeRow,
  memberRow,
  membershipRow,
  paymentRow,
  planRow,
  productRow,
  refundRow,
} from '../../support/whop/api/rows.ts';
import { current } from '../../support/whop/current.ts';
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
} from '../../support/whop/sketch.ts';
import { dumpTables, emptyTables, factTables } from '../../support/whop/tables.ts';

const dayMs = 86_400_000;
const now = noon + 70 * dayMs;

/** Ada stays; Bob's membership ended with its period; Cy got a refund, and Dee disputes; Eve's last payment failed. */
const people = ['ada', 'bob', 'cy', 'dee', 'eve'] as const;
type Person = (typeof people)[number];

function pay(person: Person, month: number, differs: Partial<PaymentSketch> = {}): PaymentSketch {
  const createdAt = noon + (people.indexOf(person) + 30 * month) * dayMs;
  const of = { userId: `user_${person}`, membershipId: `mem_${person}`, createdAt };
  return payment({ id: `pay_${person}_${month}`, ...of, ...differs });
}

const payments = people.flatMap((person) => [
  pay(person, 0),
  ...(person === 'bob' ? [] : [pay(person, 1, { failed: person === 'eve' })]),
]);

const memberships: MembershipSketch[] = people.map((person, index) => {
  const createdAt = noon + index * dayMs;
  const of = { id: `mem_${person}`, userId: `user_${person}`, createdAt };
  const renewed = { periodStart: createdAt + 30 * dayMs, periodEnd: createdAt + 60 * dayMs };
  if (person !== 'bob') return membership({ ...of, ...renewed, updatedAt: createdAt + 30 * dayMs + minuteMs });
  const periodEnd = createdAt + 30 * dayMs;
  return membership({ ...of, status: 'canceled', cancelAtPeriodEnd: true, periodEnd, updatedAt: periodEnd });
});

const refund: ClaimSketch = claim({ id: 'rf_1', payment: pay('cy', 1), createdAt: noon + 40 * dayMs });
const dispute: ClaimSketch = claim({ id: 'dspt_1', payment: pay('dee', 1), createdAt: noon + 41 * dayMs });

/** The same history as it happened, event by event. */
const events: [type: string, at: number, data: Json][] = [
  ['product.created', noon, productRow({ id: 'prod_1', at: noon })],
  ['plan.created', noon, planRow({ id: 'plan_1', at: noon })],
  ...people.map((person): [string, number, Json] => [
    'member.created',
    noon,
    memberRow({ userId: `user_${person}`, at: noon }),
  ]),
  ...memberships.map((one): [string, number, Json] => [
    'membership.activated',
    one.createdAt,
    current.membership({ ...one, status: 'active', cancelAtPeriodEnd: false, updatedAt: one.createdAt }),
  ]),
  ...payments.map((one): [string, number, Json] => [
    one.failed ? 'payment.failed' : 'payment.succeeded',
    one.updatedAt,
    current.payment(one),
  ]),
  ...memberships.map((one): [string, number, Json] => [
    one.status === 'canceled' ? 'membership.deactivated' : 'membership.updated',
    one.updatedAt,
    current.membership(one),
  ]),
  ['refund.created', refund.createdAt, current.refund(refund)],
  ['dispute.created', dispute.createdAt, current.dispute(dispute)],
];

let testDatabase: TestDatabase;
let api: FakeWhopApi;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  api = await startFakeWhopApi({
    lists: {
      products: rowsOf([productRow({ id: 'prod_1', at: noon })]),
      plans: rowsOf([planRow({ id: 'plan_1', at: noon })]),
      members: rowsOf(people.map((person) => memberRow({ userId: `user_${person}`, at: noon }))),
      memberships: rowsOf(memberships.map(membershipRow)),
      payments: rowsOf(payments.map(paymentRow)),
      refunds: rowsOf([refundRow(refund)]),
      disputes: rowsOf([disputeRow(dispute)]),
    },
  });
});
afterAll(async () => {
  await api.stop();
  await testDatabase.drop();
});
afterEach(() => emptyTables(testDatabase.database.pool));

async function readRest(): Promise<void> {
  // Before the fake's own time, so that what has no time of its own gets the same one each time.
  const clock = { now: () => now, wait: async () => undefined };
  await readHistory(testDatabase.database, api, { differs: { clock } });
}

async function receive(deliveries: typeof events): Promise<void> {
  const ingest = createIngest({
    pool: testDatabase.database.pool,
    log: pino({ level: 'silent' }),
    settings: companyDefaults,
  });
  for (const [type, at, data] of deliveries) {
    const verified = { verified: true as const, eventId: `msg_${events.findIndex((e) => e[2] === data)}`, sentAt: at };
    const delivery = readDelivery(current.envelope(type, data, { at }), {
      verified,
      receivedAt: at,
      defaultCompanyId: null,
    });
    expect(delivery.error).toBe(null);
    await ingest.record(delivery);
  }
}

async function askReports(): Promise<unknown> {
  const sources = { database: testDatabase.database, settings: parseConfig({}).company };
  const question = { companyId, period: '90d', now, planId: undefined } as const;
  return Promise.all([revenueReport(question, sources), subscriptionsReport(question, sources)]);
}

describe('history from Whop’s REST API', () => {
  it('gives the reports that webhooks would have given', async () => {
    await receive(events);
    const fromWebhooks = await askReports();
    await emptyTables(testDatabase.database.pool);
    await readRest();
    const fromRest = await askReports();
    expect(fromRest).toEqual(fromWebhooks);
    const figures = JSON.stringify(fromRest);
    expect(figures).toMatch(/"key":"gross_revenue","label":"[^"]+","unit":"money","value":23992/);
    expect(figures).toMatch(/"key":"refunds","label":"[^"]+","unit":"money","value":1050/);
    expect(figures).toMatch(/"key":"payments_failed","label":"[^"]+","unit":"count","value":1/);
  });

  it('mixes with webhooks to the same rows, in whatever order', async () => {
    const half = Math.floor(events.length / 2);
    const orders = [
      [readRest, () => receive(events)],
      [() => receive(events), readRest],
      [() => receive(events.slice(half)), readRest, () => receive(events.slice(0, half)), readRest],
      [() => receive(events.toReversed()), readRest],
    ];
    const dumps: string[] = [];
    for (const steps of orders) {
      for (const step of steps) await step();
      dumps.push(await dumpTables(testDatabase.database.pool, factTables));
      await emptyTables(testDatabase.database.pool);
    }
    expect(new Set(dumps).size).toBe(1);
  });
});
