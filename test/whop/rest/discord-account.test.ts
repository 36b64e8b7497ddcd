import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/ingest/delivery.ts';
import { createWhopClient } from '../../../src/whop/rest/client.ts';
import { createDiscordAccountReader } from '../../../src/whop/rest/discord-account.ts';

const discordUserId = '123456789012345678';
const discord = { platform: 'discord', external_id: discordUserId, username: 'ada#0001' };

let server: Server;
let users: Record<string, { status: number; body: Json }>;

beforeEach(async () => {
  users = {};
  server = createServer((request, response) => {
    const known = users[request.url?.replace('/api/v1/users/', '') ?? ''];
    response.writeHead(known?.status ?? 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(known?.body ?? { error: { type: 'not_found', message: 'gone' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

async function ask(...ids: string[]) {
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const answers: string[] = [];
  const read = createDiscordAccountReader(
    createWhopClient({ apiKey: 'apik_fake', apiUrl: `http://127.0.0.1:${port}/api/v1` }),
    {
      unlinked: async (_companyId, since) => (since === 0 ? ids : []),
      onAnswer: async (answer) => void answers.push(`${answer.whopUserId} ${answer.discordUserId}`),
      log: pino({ level: 'silent' }),
    },
  );
  const monthMs = 30 * 24 * 60 * 60 * 1000;
  await read('biz_1', monthMs, new AbortController().signal).catch((error: Error) => answers.push(error.message));
  return answers;
}

const user = (social_accounts: Json) => ({ status: 200, body: { id: 'user_ada', social_accounts } });

describe('the Discord account of a customer', () => {
  it('is the one that Whop tells, and none where it tells none', async () => {
    users = {
      user_ada: user([{ platform: 'x', external_id: '1' }, discord]),
      user_ben: user([]),
      user_cleo: user(null),
    };
    expect(await ask('user_ada', 'user_ben', 'user_cleo', 'user_gone')).toEqual([
      `user_ada ${discordUserId}`,
      'user_ben null',
      'user_cleo null',
      'user_gone null',
    ]);
  });

  it('is unknown where Whop tells two, or what is no id', async () => {
    users = {
      user_ada: user([discord, { ...discord, external_id: '987654321098765432' }]),
      user_ben: user([{ ...discord, external_id: 'ada' }]),
    };
    expect(await ask('user_ada', 'user_ben')).toEqual(['user_ada null', 'user_ben null']);
  });

  it('isn’t asked for any more once the key may not', async () => {
    users = { user_ada: { status: 403, body: {} }, user_ben: user([discord]) };
    expect(await ask('user_ada', 'user_ben')).toEqual([expect.stringContaining('may not read users')]);
  });
});
