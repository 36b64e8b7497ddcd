import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { parseCompanyId } from '../arguments.ts';
import { type Config, parseConfig } from '../config.ts';
import { createIngest } from '../ingest/ingest.ts';
import { type Replay, replayDeliveries } from '../replay.ts';
import { readKnownCompanies } from '../store/known-companies.ts';
import { openStore } from '../store/open-store.ts';
import { stopOnSignal, untilStopped } from './stop-on-signal.ts';
import type { Terminal } from './terminal.ts';

/** `cli replay`: reads deliveries again that an older version kept without understanding them. */
export function addReplayCommand(program: CommandUnknownOpts, { environment, log }: Terminal): void {
  program
    .command('replay')
    .description('read again, as this version understands them, deliveries that were kept unread')
    .option('--company <id>', 'only those of this company, biz_… (default: all)', parseCompanyId)
    .action(async ({ company }) => {
      const stopping = stopOnSignal();
      await untilStopped(stopping, async () => {
        const replay = await runReplay(company ?? null, parseConfig(environment), { log, stopping });
        process.stdout.write(replayText(replay));
      });
    });
}

type Running = Pick<Terminal, 'log'> & { stopping: AbortSignal };

async function runReplay(companyId: string | null, config: Config, { log, stopping }: Running): Promise<Replay> {
  const database = await openStore(config, log);
  const { pool } = database;
  const { activity, company: settings, whop } = config;
  const ownWhopUserId = whop.agentUserId;
  const ingest = createIngest({ pool, log, settings, activityRetentionDays: activity.retentionDays, ownWhopUserId });
  try {
    // Those that named no company come first.
    const companies = companyId === null ? ['', ...(await readKnownCompanies(pool))] : [companyId];
    return await replayDeliveries(companies, { pool, ingest, defaultCompanyId: whop.companyId, stopping });
  } finally {
    await ingest.stop();
    await database.stop();
  }
}

function replayText({ waiting, understood, left }: Replay): string {
  if (waiting === 0) return 'No delivery waits: all could be read.\n';
  const unread = left.reduce((sum, { count }) => sum + count, 0);
  const reasons = left.map(({ type, why, count }) => `  ${count} × ${type === '' ? 'no event' : type}: ${why}\n`);
  return [
    `Waiting: ${waiting}\nUnderstood now: ${understood}\nStill not: ${unread}\n`,
    ...reasons,
    ...(unread > 0 ? ['They are kept, and can be read again after the next upgrade.\n'] : []),
  ].join('');
}
