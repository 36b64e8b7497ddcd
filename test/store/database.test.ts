import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { UserError } from '../../src/domain/user-error.ts';
import { parseTarget, versionProblem } from '../../src/store/connection-problem.ts';
import { openDatabase } from '../../src/store/database.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';
import { isUnavailable } from '../../src/store/unavailable.ts';
import { asSuperuser, createTestDatabase, type TestDatabase, withDatabase } from '../support/database.ts';

const log = pino({ level: 'silent' });

describe('openDatabase', () => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await createTestDatabase();
  });
  afterAll(() => db.drop());

  it('gives SQL and Prisma on the same pool', async () => {
    const { pool, prisma } = db.database;
    await pool.query(
      `INSERT INTO company (company_id, id, title, version, older) VALUES ('biz_1', 'biz_1', 'A', '1', '{}')`,
    );
    expect(await prisma.company.findMany({ select: { title: true } })).toEqual([{ title: 'A' }]);
    await prisma.$transaction(async (transaction) => transaction.company.deleteMany());
    expect((await pool.query('SELECT count(*) FROM company')).rows).toEqual([{ count: 0 }]);
  });

  it('reads int8 as a number up to 2^53 - 1, and refuses what a number would round', async () => {
    const { pool } = db.database;
    expect((await pool.query('SELECT 9007199254740991::int8 AS n')).rows).toEqual([{ n: 9007199254740991 }]);
    expect((await pool.query('SELECT $1::int8 AS n', [-5])).rows).toEqual([{ n: -5 }]);
    await expect(pool.query('SELECT 9007199254740992::int8 AS n')).rejects.toThrow(RangeError);
    expect((await pool.query('SELECT 1::int8 AS n')).rows).toEqual([{ n: 1 }]);
  });

  it('leaves the type parsers of others alone', async () => {
    const client = new pg.Client({ connectionString: db.connectionString });
    await client.connect();
    expect((await client.query('SELECT 1::int8 AS n')).rows).toEqual([{ n: '1' }]);
    await client.end();
  });

  it('ends a statement after 30 s', async () => {
    const { rows } = await db.database.pool.query('SHOW statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '30s' }]);
  });

  it('survives the loss of idle connections and of one that is taken out', async () => {
    const { pool } = db.database;
    const client = await pool.connect();
    await Promise.all([pool.query('SELECT 1'), pool.query('SELECT 1')]);
    await asSuperuser(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tidewatch'`);
    await sleep(100);
    client.release(true);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

describe('openDatabase where it cannot', () => {
  const secret = 'pa55word';

  async function problem(connectionString: string): Promise<string> {
    const error: unknown = await openDatabase({ connectionString, log }).then(
      (database) => database.stop(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    const { message } = error instanceof UserError ? error : { message: '' };
    expect(message).not.toContain(secret);
    expect(message).not.toContain('\n');
    return message;
  }

  it('names a host that does not exist', async () => {
    expect(await problem(`postgresql://bot:${secret}@no-such-host.invalid:5433/shop`)).toBe(
      'There is no host "no-such-host.invalid" (database "shop"): check the host in DATABASE_URL',
    );
  });

  it('says where nothing listens, on a port and on a socket', async () => {
    const line = 'start Postgres there, or check host and port in DATABASE_URL';
    expect(await problem(`postgresql://bot:${secret}@127.0.0.1:1/shop`)).toBe(
      `Nothing listens at 127.0.0.1:1 (database "shop"): ${line}`,
    );
    expect(await problem(`postgresql://bot:${secret}@localhost/shop?host=/nowhere`)).toBe(
      `Nothing listens at /nowhere:5432 (database "shop"): ${line}`,
    );
  });

  it('gives up after a few seconds on a server that says nothing', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await problem(`postgresql://bot:${secret}@127.0.0.1:${port}/shop`)).toContain(
      `Postgres at 127.0.0.1:${port} (database "shop") can't be reached (`,
    );
    server.close();
  });

  it('names the user whose password is wrong', async () => {
    await withPasswordServer(async (server) => {
      const url = `postgresql://tidewatch:${secret}@localhost:5432/tidewatch?host=${encodeURIComponent(server)}`;
      expect(await problem(url)).toBe(
        `Postgres at ${server}:5432 (database "tidewatch") refuses user "tidewatch": check user and password in DATABASE_URL`,
      );
      expect(await problem(url.replace(`:${secret}`, ''))).toContain('refuses user "tidewatch"');
    });
  });

  it('names a database that does not exist', async () => {
    const message = await problem(withDatabase(inject('postgres'), 'nowhere'));
    expect(message).toMatch(/^There is no database "nowhere" on .*: create it, or check its name in DATABASE_URL$/);
  });

  it.each([
    ['no URL', secret],
    ['another kind of database', `mysql://bot:${secret}@host/shop`],
    ['a letter in the port', `postgresql://bot:${secret}@host:54x/shop`],
    ['a # in the password', `postgresql://bot:1#${secret}@host/shop`],
    ['a / in the password', `postgresql://bot:1/${secret}@host/shop`],
    ['a ? in the password', `postgresql://bot:1?${secret}@host/shop`],
  ])('says how the URL should look: %s', async (_, url) => {
    expect(await problem(url)).toMatch(/^DATABASE_URL is malformed: it should read postgresql:\/\/user:password@host/);
  });

  it('refuses Postgres 13 and takes 14', () => {
    const target = parseTarget(`postgresql://bot:${secret}@db.example/shop`);
    expect(versionProblem(130_021, target)?.message).toBe(
      'Postgres 13 at db.example:5432 (database "shop") is too old: Tidewatch needs 14 or newer',
    );
    expect(versionProblem(140_000, target)).toBeNull();
  });
});

/** A server that asks for a password, as others than the embedded one do; gives the folder of its socket. */
async function withPasswordServer(test: (socketDir: string) => Promise<void>): Promise<void> {
  await withServer(async (connectionString) => {
    const client = new pg.Client({ connectionString: connectionString.replace('//tidewatch@', '//postgres@') });
    await client.connect();
    await client.query(`ALTER ROLE tidewatch PASSWORD 'right'`);
    const socketDir = client.host;
    await writeFile(join(socketDir, 'pg_hba.conf'), 'local all tidewatch scram-sha-256\nlocal all all trust\n');
    await client.query('SELECT pg_reload_conf()');
    await client.end();
    await test(socketDir);
  });
}

async function withServer(test: (connectionString: string, stop: () => Promise<void>) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-test-'));
  const server = await startEmbeddedPostgres({ dataDir, log, durable: false });
  try {
    await test(server.connectionString, server.stop);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true });
  }
}

describe('isUnavailable', () => {
  it('knows what queries say while a server stops, and after', async () => {
    await withServer(async (connectionString, stop) => {
      const database = await openDatabase({ connectionString, log });
      const underWay = Array.from({ length: 4 }, () => database.pool.query('SELECT pg_sleep(20)').catch(String));
      const errors: unknown[] = [];
      const note = (error: unknown) => errors.push(error);
      const viaPrisma = database.prisma.$queryRaw`SELECT pg_sleep(20)`.catch(note);
      const viaPool = database.pool.query('SELECT pg_sleep(20)').catch(note);
      await sleep(200);
      await stop();
      await Promise.all([viaPrisma, viaPool, ...underWay]);
      await database.pool.query('SELECT 1').catch(note);
      await database.prisma.company.count().catch(note);
      await database.prisma.$transaction([database.prisma.company.count()]).catch(note);
      expect(errors.length).toBe(5);
      for (const error of errors) expect(error).toSatisfy(isUnavailable);
      await database.stop();
    });
  });

  it('knows a server without a free connection', async () => {
    await withServer(async (connectionString) => {
      const clients = Array.from({ length: 101 }, () => new pg.Client({ connectionString }));
      const results = await Promise.allSettled(clients.map((client) => client.connect()));
      const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
      expect(errors.length).toBeGreaterThan(0);
      for (const error of errors) expect(error).toSatisfy(isUnavailable);
      await Promise.all(clients.map((client) => client.end()));
    });
  });

  it('leaves our own mistakes, and those of the data, to be errors', async () => {
    const client = new pg.Client({ connectionString: inject('postgres') });
    await client.connect();
    for (const statement of ['SELEC 1', 'SELECT * FROM nowhere', 'SELECT 1 / 0', `SELECT 'x'::int`]) {
      await expect(client.query(statement)).rejects.not.toSatisfy(isUnavailable);
    }
    await client.end();
    expect(isUnavailable(new Error('other'))).toBe(false);
    expect(isUnavailable(Object.assign(new Error('no file'), { code: 'ENOENT' }))).toBe(false);
    expect(isUnavailable(null)).toBe(false);
  });
});
