import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import type { Activity } from '../../src/domain/activity.ts';
import { commitActivities } from '../../src/ingest/activities/commit-activities.ts';
import type { BenchDatabase } from '../bench-database.ts';
import { companySettings } from '../company-settings.ts';

/** Something that makes activities durable. */
export type Store = (activities: readonly Activity[]) => Promise<void>;

/** As the bot does it: with the people, the sums and the sets of those who were active. */
export function botStore({ pool }: BenchDatabase): Store {
  return async (activities) => {
    const parts = { pool, settings: companySettings };
    await commitActivities(parts, { companyId: 'biz_bench', platform: 'discord', activities }, Date.UTC(2026, 7, 1));
  };
}

/** The same rows by COPY, into a table with the same columns, keys and partitioning, of which nothing follows. */
export async function copyStore({ pool, connectionString }: BenchDatabase) {
  await pool.query(`
    create table copied (like activity including defaults, primary key (company_id, at, kind, id)) partition by range (at);
    create table copied_all partition of copied for values from ('2026-01-01') to ('2027-01-01');
    create index on copied (company_id, account, at)`);
  // Our pool pipelines, and COPY can't be among other questions.
  const client = new pg.Client({ connectionString });
  await client.connect();
  const store: Store = async (activities) => {
    const columns = 'company_id, at, kind, id, account, channel_id, seconds';
    await pipeline([activities.map(lineOf).join('')], client.query(from(`copy copied (${columns}) from stdin`)));
  };
  return { store, stop: () => client.end() };
}

function lineOf({ companyId, at, kind, id, accountId, channelId, seconds }: Activity): string {
  return `${[companyId, new Date(at).toISOString(), kind, id, numberOf(accountId), channelId, seconds].join('\t')}\n`;
}

function numberOf(accountId: string): number {
  return Number(BigInt(accountId) - 200_000_000_000_000_000n);
}

/** One after the other by the model calls of Prisma, into the table of activities: neither people nor sums. */
export function prismaStore({ prisma }: BenchDatabase): Store {
  return async (activities) => {
    for (const { companyId, at, kind, id, accountId, channelId, seconds } of activities) {
      const data = {
        companyId,
        at: new Date(at),
        kind,
        id: `p${id}`,
        account: numberOf(accountId),
        channelId,
        seconds,
      };
      await prisma.activity.create({ data });
    }
  };
}
