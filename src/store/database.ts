import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Log } from '../log.ts';
import { connectionProblem, parseTarget, versionProblem } from './connection-problem.ts';
import { PrismaClient } from './generated/client.ts';
import { parseInt8 } from './parse-int8.ts';
import { PreparingClient } from './preparing-client.ts';

export type Database = {
  readonly pool: pg.Pool;
  /** Stands on the same pool */
  readonly prisma: PrismaClient;
  stop(): Promise<void>;
};

type Options = {
  connectionString: string;
  log: Log;
  /** The most connections at once (10) */
  poolSize?: number;
};

const connectTimeoutMs = 5_000;
const statementTimeoutMs = 30_000;
/** For a server that doesn't even say that it has given up. */
const silenceTimeoutMs = statementTimeoutMs + 5_000;

/** Throws UserError where the database can't be reached, refuses us, or is too old. */
export async function openDatabase({ connectionString, log, poolSize = 10 }: Options): Promise<Database> {
  const target = parseTarget(connectionString);
  const pool = createPool(connectionString, poolSize, log);
  try {
    const { rows } = await pool.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    const problem = versionProblem(rows[0]?.version ?? 0, target);
    if (problem) throw problem;
  } catch (error) {
    await pool.end();
    throw connectionProblem(error, target);
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    stop: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function createPool(connectionString: string, poolSize: number, log: Log): pg.Pool {
  const pool = new pg.Pool({
    Client: PreparingClient,
    // What is asked at once is sent at once: Postgres works at one question while we read the answer to another.
    pipeline: true,
    connectionString,
    max: poolSize,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: silenceTimeoutMs,
    keepAlive: true,
    application_name: 'tidewatch',
    types: { getTypeParser: typeParser },
  });
  // A connection can be lost in the pool, or between two statements of whoever has taken it out of the pool, where
  // nobody listens; either would end the process. The pool repeats what an idle connection says.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.warn({ err: error }, 'database connection lost'));
  });
  pool.on('error', () => undefined);
  return pool;
}

const typeParser: typeof pg.types.getTypeParser = (oid, format) =>
  oid === pg.types.builtins.INT8 && format !== 'binary' ? parseInt8 : pg.types.getTypeParser(oid, format);
