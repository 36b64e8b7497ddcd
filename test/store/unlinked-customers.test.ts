import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccountLinks } from '../../src/ingest/links/account-links.ts';
import { readLinks } from '../../src/store/account-links.ts';
import { readUnlinkedCustomers } from '../../src/store/unlinked-customers.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it('are those without a link that weren’t asked about since, the longest ago first', async () => {
  const { pool } = db.database;
  await pool.query(
    `insert into customer (company_id, id, version, older) select 'biz_1', 'user_' || n, '0', '{}' from generate_series(1, 5) n`,
  );
  const links = createAccountLinks(pool);
  await links.link('biz_1', { discordUserId: '42', whopUserId: 'user_1', source: 'whop', linkedAt: 0 });
  for (const [id, askedAt] of [
    ['user_2', 1000],
    ['user_3', 1001],
    ['user_4', 999],
  ] as const) {
    await links.keepLookup('biz_1', id, askedAt);
  }
  expect(await readUnlinkedCustomers(pool, 'biz_1', 1000)).toEqual(['user_5', 'user_4', 'user_2']);
  expect(await readUnlinkedCustomers(pool, 'biz_2', 1000)).toEqual([]);
});

it('stay unlinked where the person or staff has unlinked them, whatever Whop says', async () => {
  const links = createAccountLinks(db.database.pool);
  const link = { discordUserId: '43', whopUserId: 'user_9', source: 'whop', linkedAt: 0 } as const;
  expect(await links.link('biz_3', link)).toBe(null);
  await links.unlink('biz_3', { discordUserId: '43', source: 'self', unlinkedAt: 1 });
  expect(await links.link('biz_3', link)).toEqual({ said: 'unlinked', source: 'self' });
  expect(await readLinks(db.database.pool, 'biz_3')).toEqual([]);
});
