import type { Instant } from '../domain/facts.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { readHistories } from './read-histories.ts';
import type { ReadHistory } from './read-history.ts';

export type JobParts = {
  database: Pick<Database, 'pool'>;
  /** WHOP_COMPANY_ID. */
  companyId: string | null;
  /** Null without WHOP_API_KEY. */
  history: ReadHistory | null;
  /** When this process began. */
  since: Instant;
  stopping: AbortSignal;
  log: Log;
};

type Job = {
  /** Between the end of one run and the next. */
  everyMs: number;
  /** Throws where the next run may do better. */
  run(parts: JobParts, now: Instant): Promise<void>;
};

/** What runs on a clock, each from the start of the bot on. */
export const jobs: Readonly<Record<string, Job>> = {
  'read-histories': { everyMs: 60_000, run: readHistories },
};
