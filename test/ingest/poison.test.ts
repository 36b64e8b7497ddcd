import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../src/ingest/delivery.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { current } from '../support/whop/current.ts';
import { type Signed, signStandard } from '../support/whop/sign.ts';
import { companyId, noon, payment } from '../support/whop/sketch.ts';
import { emptyTables, readTable } from '../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../support/whop/webhook-app.ts';

let db: TestDatabase;
let app: WebhookApp;
beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool, companyId });
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});
beforeEach(() => emptyTables(db.database.pool));

const good = Array.from({ length: 50 }, (_, i) =>
  event('payment.succeeded', current.payment(payment({ id: `pay_${i}` }))),
);

function event(type: string, data: Json): Signed {
  return signStandard(JSON.stringify(current.envelope(type, data, { at: noon })), { at: noon });
}

/** An id that doesn't compress below what an index holds. */
const hugeId = Array.from({ length: 4000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000))).join('');

async function sendTogether(poison: Signed): Promise<number[]> {
  const answers = await Promise.all([...good.slice(0, 25), poison, ...good.slice(25)].map((sent) => app.send(sent)));
  return answers.map(({ statusCode }) => statusCode);
}

describe('a delivery whose facts the database refuses', () => {
  it('is kept with an error, and 50 others of its batch with their facts', async () => {
    const statuses = await sendTogether(event('payment.succeeded', current.payment(payment({ id: `pay_${hugeId}` }))));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await readTable(db.database.pool, 'payment')).toHaveLength(50);
    const inbox = await readTable(db.database.pool, 'inbox');
    expect(inbox).toHaveLength(51);
    expect(inbox.filter(({ error }) => error !== null)).toMatchObject([
      { error: 'its facts were refused by the database' },
    ]);
    expect(app.logged()).toContain('"sqlState":"54000"');
    expect(app.logged()).not.toContain(hugeId.slice(0, 10));
  });

  it('is a repeat the next time', async () => {
    const poison = event('payment.succeeded', { id: `pay_${hugeId}` });
    for (const _time of [1, 2]) expect(await app.send(poison)).toMatchObject({ statusCode: 200 });
    expect(await readTable(db.database.pool, 'inbox')).toHaveLength(1);
  });
});

describe('one that only can’t be stored just now', () => {
  it('is asked for again, though it came with one that is refused and with good ones', async () => {
    await db.database.pool.query(`
      create function judge() returns trigger language plpgsql as $$ begin
        if new.id = 'pay_refused' then raise exception 'refused' using errcode = '22003'; end if;
        if new.id = 'pay_unlucky' then raise exception 'deadlock' using errcode = '40P01'; end if;
        return new;
      end $$;
      create trigger judge before insert on payment for each row execute function judge()`);
    const ids = ['pay_first', 'pay_refused', 'pay_unlucky', 'pay_last'];
    const sent = ids.map((id) => event('payment.succeeded', current.payment(payment({ id }))));
    const answers = await Promise.all(sent.map((one) => app.send(one)));
    await db.database.pool.query('drop trigger judge on payment; drop function judge');
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 503, 200]);
    expect(await readTable(db.database.pool, 'payment')).toMatchObject([{ id: 'pay_first' }, { id: 'pay_last' }]);
    expect(await readTable(db.database.pool, 'inbox')).toHaveLength(3);
  });
});

describe('an odd payload among good ones', () => {
  const raw = (body: string) => signStandard(body, { at: noon });
  const withData = (data: string) => raw(`{"type":"payment.succeeded","company_id":"${companyId}","data":${data}}`);

  it.each<[string, Signed]>([
    ['NUL in the data', withData('{"id":"pay_x\\u0000","status":"\\u0000"}')],
    ['NUL in a key', withData('{"id":"pay_x","metadata":{"a\\u0000b":1}}')],
    ['NUL in the type', raw('{"type":"payment\\u0000.succeeded","data":{"id":"pay_x"}}')],
    ['NUL in the company', raw('{"type":"payment.created","company_id":"biz_\\u00001","data":{"id":"pay_x"}}')],
    ['NUL in a chat’s key', raw('{"type":"chat.message.created","data":{"a\\u0000b":{"id":"x"},"id\\u0000":1}}')],
    ['half a surrogate pair', withData('{"id":"pay_x","user":{"id":"user_\\ud800","name":"\\udc00"},"\\ud800":1}')],
    ['half a pair in the type', raw('{"type":"\\ud800","data":{"id":"pay_x"}}')],
    ['10,000 levels', withData(`{"id":"pay_x","metadata":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)],
    ['10,000 levels of objects', withData(`{"id":"pay_x","a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`)],
    ['400,000 levels alone', raw('['.repeat(400_000) + ']'.repeat(400_000))],
    ['1e400', withData('{"id":"pay_x","total":1e400,"currency":"usd","created_at":1e400,"payments_failed":1e400}')],
    [
      'numbers at the edge',
      withData('{"id":"pay_x","metadata":{"a":1e308,"b":5e-324,"c":-0,"d":123456789012345678901234567890}}'),
    ],
    ['more money than bigint', withData('{"id":"pay_x","currency":"usd","total":99999999999999999999}')],
    ['more attempts than integer', withData('{"id":"pay_x","payments_failed":4294967296}')],
    ['a year that Postgres lacks', withData('{"id":"pay_x","created_at":"+275760-09-13T00:00:00.000Z"}')],
    [
      'names of Object’s own',
      withData('{"id":"pay_x","__proto__":{"id":"pay_y"},"constructor":{"id":1},"toString":1}'),
    ],
    ['a type of Object’s own', raw('{"type":"constructor","data":{"id":"pay_x"}}')],
    ['__proto__ as its type', raw('{"type":"__proto__","data":{"id":"pay_x"}}')],
    [
      'a company too long for an index',
      raw(`{"type":"payment.created","company_id":"biz_${hugeId}","data":{"id":"pay_x"}}`),
    ],
    ['a type too long for a name', raw(`{"type":"payment.${hugeId}","data":{"id":"pay_x"}}`)],
    ['an id too long for an index', withData(JSON.stringify({ id: hugeId, user: { id: 'user_1', username: hugeId } }))],
  ])('spoils nothing: %s', async (_case, odd) => {
    expect(new Set(await sendTogether(odd))).toEqual(new Set([200]));
    expect((await readTable(db.database.pool, 'payment')).length).toBeGreaterThanOrEqual(50);
    expect(await readTable(db.database.pool, 'inbox')).toHaveLength(51);
    expect(JSON.parse('{}')).not.toHaveProperty('id');
  });
});
