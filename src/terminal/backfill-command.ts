import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { parseCompanyId } from '../arguments.ts';
import { type Config, parseConfig } from '../config.ts';
import { UserError } from '../domain/user-error.ts';
import { createIngest } from '../ingest/ingest.ts';
import { readHistory } from '../jobs/read-history.ts';
import { readNextProductId } from '../store/next-product.ts';
import { openStore } from '../store/open-store.ts';
import { createWhopClient } from '../whop/rest/client.ts';
import { createHistoryReader } from '../whop/rest/history-reader.ts';
import { backfillSummary, createProgressView } from '../whop/rest/progress-view.ts';
import { nameCompany } from './company.ts';
import { stopOnSignal, untilStopped } from './stop-on-signal.ts';
import type { Terminal } from './terminal.ts';
import { unlessUnderWay } from './under-way.ts';

/** `cli backfill`: a company's whole history from Whop. */
export function addBackfillCommand(program: CommandUnknownOpts, { environment, log }: Terminal): void {
  program
    .command('backfill')
    .description('read the company’s whole history from Whop, going on where the last one was stopped')
    .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
    .action(async (options, command) => {
      const config = parseConfig(environment);
      const companyId = options.company ?? config.whop.companyId ?? command.error(nameCompany);
      const stopping = stopOnSignal();
      await untilStopped(stopping, () => runBackfill(companyId, config, { log, stopping }));
    });
}

type Running = Pick<Terminal, 'log'> & { stopping: AbortSignal };

async function runBackfill(companyId: string, config: Config, { log, stopping }: Running): Promise<void> {
  const client = createWhopClient(config.whop);
  const database = await openStore(config, log);
  const { pool } = database;
  const ingest = createIngest({ pool, log, settings: config.company });
  const watch = createProgressView(process.stdout, process.stderr, Date.now());
  const nextProductId = (id: string, after: string | null) => readNextProductId(pool, id, after);
  const history = createHistoryReader(client, { ingest, nextProductId, log, watch });
  try {
    const parts = { database, history, stopping, now: Date.now, again: true };
    const read = unlessUnderWay(await readHistory(companyId, parts).catch(goOnLater));
    if (read !== null) process.stdout.write(backfillSummary(read));
  } finally {
    watch.end();
    await ingest.stop();
    await database.stop();
  }
}

function goOnLater(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  throw new UserError(`${error.message} What was read is kept; run this again to go on.`);
}
