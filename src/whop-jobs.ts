import type { Whop } from '@whop/sdk';
import type { Config } from './config.ts';
import type { Ingest } from './ingest/ingest.ts';
import { createAccountLinks } from './ingest/links/account-links.ts';
import type { JobParts } from './jobs/job.ts';
import type { Log } from './log.ts';
import { createReconciling } from './reconcile.ts';
import type { Sources } from './reports/question.ts';
import type { Database } from './store/database.ts';
import { readNextProductId } from './store/next-product.ts';
import { readUnlinkedCustomers } from './store/unlinked-customers.ts';
import { readWhopProgress } from './store/whop-channels.ts';
import { createChatReader } from './whop/rest/chat-reader.ts';
import { createWhopClient } from './whop/rest/client.ts';
import { createDiscordAccountReader } from './whop/rest/discord-account.ts';
import { createHistoryReader } from './whop/rest/history-reader.ts';

type WhopJobs = Pick<JobParts, 'history' | 'whopChat' | 'linkAsWhopSays' | 'reconciling'>;

/** What the jobs ask Whop's API, which takes a key. */
export function whopJobs(
  { whop, activity }: Config,
  { sources, ingest, log }: { sources: Sources; ingest: Ingest; log: Log },
): WhopJobs {
  if (whop.apiKey === null) return { history: null, whopChat: null, linkAsWhopSays: null, reconciling: null };
  const { pool } = sources.database;
  const client = createWhopClient(whop);
  const nextProductId = (companyId: string, after: string | null) => readNextProductId(pool, companyId, after);
  const progressOf = (companyId: string, channelId: string) => readWhopProgress(pool, companyId, channelId);
  const { backfillDays } = activity;
  return {
    history: createHistoryReader(client, { ingest, nextProductId, log }),
    whopChat: createChatReader(client, { ingest, progressOf, backfillDays, log }),
    linkAsWhopSays: createLinking(client, { database: sources.database, log }),
    reconciling: createReconciling(client, { sources, ingest, log }),
  };
}

function createLinking(client: Whop, { database, log }: { database: Database; log: Log }) {
  const links = createAccountLinks(database.pool);
  return createDiscordAccountReader(client, {
    unlinked: (companyId, since) => readUnlinkedCustomers(database.pool, companyId, since),
    onAnswer: async ({ companyId, whopUserId, discordUserId, at }) => {
      const link = { whopUserId, source: 'whop', linkedAt: at } as const;
      if (discordUserId !== null) await links.link(companyId, { discordUserId, ...link });
      await links.keepLookup(companyId, whopUserId, at);
    },
    log,
  });
}
