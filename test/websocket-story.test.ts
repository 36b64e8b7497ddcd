import { pino } from 'pino';
import { expect, it } from 'vitest';
import { startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { writeChannels } from '../src/ingest/activities/channels.ts';
import { createTestDatabase } from './support/database.ts';
import { startFakeWhopApi } from './support/whop/api/fake-whop-api.ts';
import { startFakeWebsocket } from './support/whop/fake-websocket.ts';
import { companyId } from './support/whop/sketch.ts';
import { readTable } from './support/whop/tables.ts';

it('counts what Whop’s websocket tells until it is stopped', async () => {
  const db = await createTestDatabase();
  const { pool } = db.database;
  const api = await startFakeWhopApi({ lists: {} });
  const websocket = await startFakeWebsocket(api.apiKey);
  await writeChannels(pool, { companyId, platform: 'whop', channels: [{ id: 'feed_1', name: 'Chat' }] });
  const environment = {
    DATABASE_URL: db.connectionString,
    ROLES: 'jobs',
    WHOP_API_KEY: api.apiKey,
    WHOP_API_URL: api.url,
    WHOP_APP_ID: 'app_1',
    WHOP_AGENT_USER_ID: 'user_agent',
    WHOP_WEBSOCKET_ORIGIN: websocket.origin,
  };
  const app = await startApp(parseConfig(environment), pino({ level: 'silent' }));
  await websocket.connections(1);
  const post = { feedId: 'feed_1', feedType: 'chat_feed', messageType: 'REGULAR', createdAt: Date.now() };
  const said = (entityId: string, userId: string) =>
    JSON.stringify({ feedEntity: { dmsPost: { ...post, entityId, userId } } });
  await websocket.send(said('post_1', 'user_ada'), said('post_2', 'user_agent'));
  await app.stop();
  expect(await readTable(pool, 'activity')).toMatchObject([{ company_id: companyId, kind: 'message', id: 'post_1' }]);
  await Promise.all([api.stop(), websocket.stop(), db.drop()]);
});
