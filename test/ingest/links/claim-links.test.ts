import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccountLinks } from '../../../src/ingest/links/account-links.ts';
import { readLinks } from '../../../src/store/account-links.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { signStandard } from '../../support/whop/sign.ts';
import { noon } from '../../support/whop/sketch.ts';
import { dumpAll, emptyTables } from '../../support/whop/tables.ts';
import { createWebhookApp, type WebhookApp } from '../../support/whop/webhook-app.ts';

const companyId = 'biz_tide';
const quarterMs = 15 * 60_000;

let db: TestDatabase;
let app: WebhookApp;
let links: ReturnType<typeof createAccountLinks>;
let posts = 0;

beforeAll(async () => {
  db = await createTestDatabase();
  app = createWebhookApp({ pool: db.database.pool, companyId });
  links = createAccountLinks(db.database.pool);
});
afterAll(async () => {
  await app.stop();
  await db.drop();
});
beforeEach(() => emptyTables(db.database.pool));

type Message = { content: string; userId?: string; type?: string; company?: string; messageType?: string };

function signedMessage({ content, userId = 'user_ada', type = 'chat', company = companyId, messageType }: Message) {
  const message = {
    id: `post_${++posts}`,
    content,
    created_at: '2026-03-14T12:00:00Z',
    user: { id: userId },
    message_type: messageType,
  };
  const audience = type === 'chat' ? { type: 'channel' } : { type: 'users', user_ids: ['user_team'] };
  const data = { audience, channel: { id: 'feed_1', type, experience_id: 'exp_1' }, message, reason: 'x' };
  const envelope = { type: 'chat.message.created', timestamp: '2026-03-14T12:00:00Z', company_id: company, data };
  return signStandard(JSON.stringify(envelope), { at: noon });
}

async function send(message: Message): Promise<void> {
  expect(await app.send(signedMessage(message))).toMatchObject({ statusCode: 200 });
}

const linked = () => readLinks(db.database.pool, companyId);
const ada = { discordUserId: '100', whopUserId: 'user_ada' };

describe('a code that somebody was given in Discord', () => {
  it.each(['chat', 'direct_message'])('links them to whoever sends it in a %s channel', async (type) => {
    const code = await links.giveCode(companyId, '100', noon);
    expect(code).toMatch(/^TW-[2-9A-HJKMNP-Z]{8}$/);
    await send({ content: `Hello, I am ${code.toLowerCase()}!`, type });
    expect(await linked()).toEqual([ada]);
  });

  it.each([
    ['regular', [ada]],
    ['automated', []],
    ['system', []],
  ])('counts in a message that is %s as it should', async (messageType, expected) => {
    await send({ content: await links.giveCode(companyId, '100', noon), messageType });
    expect(await linked()).toEqual(expected);
  });

  it('is good once', async () => {
    const content = await links.giveCode(companyId, '100', noon);
    await send({ content });
    await send({ content, userId: 'user_ben' });
    expect(await linked()).toEqual([ada]);
  });

  it('changes nothing when its delivery is repeated after the person has unlinked', async () => {
    const signed = signedMessage({ content: await links.giveCode(companyId, '100', noon) });
    await app.send(signed);
    await links.unlink(companyId, { discordUserId: '100', source: 'self', unlinkedAt: noon });
    await app.send(signed);
    expect(await linked()).toEqual([]);
  });

  it.each([
    { agoMs: quarterMs - 1, count: 1 },
    { agoMs: quarterMs, count: 0 },
  ])('given $agoMs ms ago links $count', async ({ agoMs, count }) => {
    await send({ content: await links.giveCode(companyId, '100', noon - agoMs) });
    expect(await linked()).toHaveLength(count);
  });

  it('is good for the company alone that it was given for', async () => {
    await send({ content: await links.giveCode(companyId, '100', noon), company: 'biz_other' });
    expect(await linked()).toEqual([]);
    expect(await readLinks(db.database.pool, 'biz_other')).toEqual([]);
  });

  it('is worth nothing once another one was given', async () => {
    const before = await links.giveCode(companyId, '100', noon);
    const code = await links.giveCode(companyId, '100', noon);
    await send({ content: before, userId: 'user_ben' });
    expect(await linked()).toEqual([]);
    await send({ content: code });
    expect(await linked()).toEqual([ada]);
  });

  it('is no code within a longer word, or with another letter', async () => {
    const code = await links.giveCode(companyId, '100', noon);
    await send({ content: `X${code} ${code}X -${code} ${code.slice(0, -1)}0 ${code.slice(3)}` });
    expect(await linked()).toEqual([]);
  });

  it('is in no table and in no line of the log, before and after', async () => {
    const code = await links.giveCode(companyId, '100', noon);
    const traces = async () => `${await dumpAll(db.database.pool)}\n${app.logged()}`;
    expect(await traces()).not.toContain(code.slice(3));
    await send({ content: `here is ${code}` });
    expect(await linked()).toEqual([ada]);
    expect(await traces()).not.toContain(code.slice(3));
    expect(await traces()).not.toContain('here is');
  });
});
