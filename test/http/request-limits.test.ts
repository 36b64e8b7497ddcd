import { createHmac } from 'node:crypto';
import { request as sendRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signStandard, webhookSecret } from '../support/whop/sign.ts';
import { companyId, noon } from '../support/whop/sketch.ts';
import { readTable } from '../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../support/whop/webhook-app.ts';

const limitBytes = 1024 * 1024;

let db: TestDatabase;
let app: WebhookApp;
let url: string;
beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool, companyId });
  url = await app.http.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});

/** A product event whose body has exactly so many bytes. */
function bodyOf(bytes: number): string {
  const wrap = (note: string) => JSON.stringify({ type: 'product.updated', data: { id: 'prod_1', title: 'T' }, note });
  return wrap('n'.repeat(bytes - wrap('').length));
}

type Sent = { body: string | Buffer; headers: Record<string, string | string[]>; chunked?: boolean };

/** Over the wire, header by header as given; answers with the status, also where the server hangs up while we still send. */
function post({ body, headers, chunked = false }: Sent): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const request = sendRequest(`${url}/webhooks/whop`, { method: 'POST', headers: { ...length, ...headers } });
    let status: number | undefined;
    request.on('response', (response) => {
      status = response.statusCode;
      response.resume();
      response.on('close', () => resolve(status ?? 0));
    });
    request.on('error', (error) => (status === undefined ? reject(error) : resolve(status)));
    if (chunked) request.write(Buffer.from(body).subarray(0, 1000));
    request.end(chunked ? Buffer.from(body).subarray(1000) : body);
  });
}

describe('the size of a body', () => {
  it.each([false, true])('may be 1 MiB and not a byte more (chunked: %s)', async (chunked) => {
    const largest = signStandard(bodyOf(limitBytes), { at: noon });
    expect(await post({ ...largest, chunked })).toBe(200);
    const larger = signStandard(bodyOf(limitBytes + 1), { at: noon });
    expect(await post({ ...larger, chunked })).toBe(413);
  });

  it('is refused before anything is verified', async () => {
    expect(await post({ body: bodyOf(limitBytes + 1), headers: {} })).toBe(413);
  });

  it('is what came, not what a header claims', async () => {
    const { body, headers } = signStandard(bodyOf(1000), { at: noon });
    const claimed = await app.http.inject({
      method: 'POST',
      url: '/webhooks/whop',
      headers: { ...headers, 'content-length': '10' },
      payload: body,
    });
    expect(claimed.statusCode).toBe(400);
  });

  it('has to come in time', () => {
    expect(app.http.server.requestTimeout).toBe(30_000);
  });
});

describe('the content type', () => {
  it.each([
    ...['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'],
    ...['application/octet-stream', 'application/json; charset=utf-16', 'nonsense', ';;;', 'a/b/c', '*/*', ' '],
  ])('decides nothing: %j', async (type) => {
    const { body, headers } = signStandard(bodyOf(200), { at: noon });
    expect(await post({ body, headers: { ...headers, 'content-type': type } })).toBe(200);
    expect(await post({ body: body.replace('prod_1', 'prod_2'), headers: { ...headers, 'content-type': type } })).toBe(
      401,
    );
  });

  it('may be absent', async () => {
    const { body, headers } = signStandard(bodyOf(200), { at: noon });
    expect(await post({ body, headers })).toBe(200);
    expect(await post({ body: '', headers })).toBe(401);
  });
});

describe('headers', () => {
  it.each(['webhook-id', 'webhook-timestamp'])('are refused where %s comes twice', async (name) => {
    const { body, headers } = signStandard(bodyOf(200), { at: noon });
    expect(await post({ body, headers: { ...headers, [name]: [headers[name] ?? '', headers[name] ?? ''] } })).toBe(401);
  });

  it('may list the signature twice, as proxies do', async () => {
    const { body, headers } = signStandard(bodyOf(200), { at: noon });
    const signature = headers['webhook-signature'] ?? '';
    expect(await post({ body, headers: { ...headers, 'webhook-signature': [signature, 'v1,AAAA'] } })).toBe(200);
  });

  it('may be written in capitals', async () => {
    const { body, headers } = signStandard(bodyOf(200), { at: noon });
    const shouted = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]));
    expect(await post({ body, headers: shouted })).toBe(200);
  });
});

describe('other requests', () => {
  it.each(['GET', 'PUT', 'DELETE'] as const)('%s /webhooks/whop is not found', async (method) => {
    const { statusCode } = await app.http.inject({ method, url: '/webhooks/whop' });
    expect(statusCode).toBe(404);
  });

  it('are answered on their own routes', async () => {
    expect((await app.http.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await app.http.inject('/readyz')).json()).toEqual({ status: 'ready' });
  });
});

it('keeps what was sent as text, though its encoding is broken', async () => {
  const body = Buffer.concat([
    Buffer.from('{"type":"product.updated","data":{"id":"prod_9","title":"'),
    Buffer.from([0xff]),
    Buffer.from('"}}'),
  ]);
  const seconds = noon / 1000;
  const hex = createHmac('sha256', webhookSecret).update(`${seconds}.`).update(body).digest('hex');
  expect(await post({ body, headers: { 'x-whop-signature': `t=${seconds},v1=${hex}` } })).toBe(200);
  const products = await readTable(db.database.pool, 'product');
  expect(products).toContainEqual(expect.objectContaining({ id: 'prod_9', title: '\ufffd' }));
});
