import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type EventKind, eventKinds } from '../support/whop/event-kinds.ts';
import { generations } from '../support/whop/generations.ts';
import { type Signed, signStandard } from '../support/whop/sign.ts';
import { companyId, noon } from '../support/whop/sketch.ts';
import { dumpTables, emptyTables, factTables, readTable } from '../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../support/whop/webhook-app.ts';

let db: TestDatabase;
let app: WebhookApp;
beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool, companyId });
  await app.http.ready();
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});
beforeEach(() => emptyTables(db.database.pool));

const dump = (tables?: string[]) => dumpTables(db.database.pool, tables);
const inbox = () => readTable(db.database.pool, 'inbox');

function signed(
  { generation, type, data }: EventKind,
  signing: { at?: number; secret?: string; id?: string } = {},
): Signed {
  const { envelope, sign } = generations[generation];
  return sign(JSON.stringify(envelope(type, data, { at: noon })), { at: noon, ...signing });
}

async function post(delivery: Signed): Promise<{ status: number; answer: Json }> {
  const { statusCode, body } = await app.send(delivery);
  return { status: statusCode, answer: JSON.parse(body) };
}

const readTypes = /^(app_)?(payment|membership|refund|dispute|plan|product|member|access_pass|promo_code)/;

describe.each(eventKinds)('$type of the $generation generation', (kind) => {
  it('is recorded, a repeat changes nothing', async () => {
    const delivery = signed(kind, { id: 'msg_same' });
    expect(await post(delivery)).toEqual({ status: 200, answer: { status: 'recorded' } });
    expect(await inbox()).toMatchObject([{ company_id: companyId, type: kind.type, error: null }]);
    const once = await dump();
    if (readTypes.test(kind.type)) expect(await dump(factTables)).not.toBe('');
    expect(await post(delivery)).toEqual({ status: 200, answer: { status: 'recorded' } });
    expect(await dump()).toBe(once);
  });

  it('is recorded once when it comes several times at once', async () => {
    const delivery = signed(kind, { id: 'msg_same' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(delivery)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await inbox()).toHaveLength(1);
  });

  it('is refused with a wrong or stale signature, and leaves nothing', async () => {
    const right = signed(kind);
    const wrong = [
      signed(kind, { secret: 'ws_other' }),
      signed(kind, { at: noon - 301_000 }),
      signed(kind, { at: noon + 301_000 }),
      { ...right, headers: {} },
      { ...right, body: `${right.body} ` },
    ];
    for (const delivery of wrong) expect(await post(delivery)).toMatchObject({ status: 401 });
    expect(await dump()).toBe('');
  });

  it.each(['', '{', 'payment', '{"type":"payment.created",}', '\ufeff{}'])(
    'is refused as %j, which isn’t JSON',
    async (body) => {
      expect(await post(generations[kind.generation].sign(body, { at: noon }))).toMatchObject({ status: 400 });
      expect(await dump()).toBe('');
    },
  );

  it.each<[string, Json | undefined]>([
    ['only an id', { id: 'x_1' }],
    ['nothing', {}],
    ['null', null],
    ['an array', [{ id: 'x_1' }]],
    ['a number', 5],
    ['no data at all', undefined],
    ['money that is none', { id: 'x_1', currency: 'usd', total: 'abc', amount: 'abc', renewal_price: 'abc' }],
    ['a date that is none', { id: 'x_1', created_at: 'foo', updated_at: 'foo' }],
  ])('is kept with %s as its data', async (_case, data) => {
    const { envelope, sign } = generations[kind.generation];
    const body = JSON.stringify(envelope(kind.type, data, { at: noon }));
    expect(await post(sign(body, { at: noon }))).toMatchObject({ status: 200 });
    expect(await inbox()).toMatchObject([{ type: kind.type }]);
  });
});

describe('a body that is no event', () => {
  it.each(['5', '[]', 'null', '"payment.succeeded"', '{}', 'true'])('is kept as %s', async (body) => {
    expect(await post(signStandard(body, { at: noon }))).toMatchObject({ status: 200 });
    expect(await inbox()).toMatchObject([{ type: '', payload: JSON.parse(body), error: 'it names no event' }]);
  });
});

describe('what can’t be understood', () => {
  it.each<[string, Json]>([
    ["total can't be understood", { id: 'pay_1', currency: 'usd', total: 'abc' }],
    ["created_at can't be understood", { id: 'pay_1', created_at: 'foo' }],
    ['its data names nothing by an id', null],
    ['its data names nothing by an id', []],
  ])('is kept with its reason: %s', async (error, data) => {
    await post(signed({ generation: 'current', type: 'payment.created', data }));
    expect(await inbox()).toMatchObject([{ error }]);
    expect(await dump(factTables)).toBe('');
  });

  it('is kept without facts where nothing tells the company', async () => {
    const homeless = createWebhookApp({ pool: db.database.pool });
    const { statusCode } = await homeless.send(
      signed({ generation: 'legacy', type: 'membership.went_valid', data: { id: 'mem_1' } }),
    );
    expect(statusCode).toBe(200);
    expect(await inbox()).toMatchObject([
      { company_id: '', error: 'it names no company, and WHOP_COMPANY_ID is not set' },
    ]);
    await homeless.stop();
  });
});

describe('the secrets', () => {
  it.each(['ws_old', 'ws_new'])('are all valid at once: %s', async (secret) => {
    const rotating = createWebhookApp({ pool: db.database.pool, secrets: ['ws_old', 'ws_new'] });
    for (const kind of eventKinds.slice(0, 20)) {
      expect(await rotating.send(signed(kind, { secret }))).toMatchObject({ statusCode: 200 });
    }
    await rotating.stop();
  });

  it('are needed', async () => {
    const open = createWebhookApp({ pool: db.database.pool, secrets: [] });
    const { statusCode, body } = await open.send(signStandard('{}', { at: noon }));
    expect({ statusCode, body }).toMatchObject({
      statusCode: 401,
      body: expect.stringContaining('WHOP_WEBHOOK_SECRET'),
    });
    await open.stop();
  });
});

describe('GET /metrics', () => {
  it('counts deliveries by what became of them', async () => {
    const counted = createWebhookApp({ pool: db.database.pool });
    await counted.send(signStandard('{}', { at: noon }));
    await counted.send(signStandard('{', { at: noon }));
    await counted.send({ body: '{}', headers: {} });
    const { body } = await counted.http.inject('/metrics');
    for (const outcome of ['recorded', 'malformed', 'unverified']) {
      expect(body).toContain(`tidewatch_webhooks_total{outcome="${outcome}"} 1`);
    }
    await counted.stop();
  });
});
