import { writeFile } from 'node:fs/promises';
import { Argument, Command, CommanderError, Option } from '@commander-js/extra-typings';
import packageJson from '../package.json' with { type: 'json' };
import { parseCompanyId, parseCurrency, parseNow, parseTimeZone, unlessNone } from './arguments.ts';
import { addChurnCommand } from './churn-command.ts';
import { type Config, parseConfig } from './config.ts';
import { periodNames, weekStarts } from './domain/calendar.ts';
import { UserError, WrongChoice } from './domain/user-error.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { changeSettings } from './ingest/change-settings.ts';
import { createIngest } from './ingest/ingest.ts';
import { rebuildCompany, refreshCompany } from './ingest/rebuild.ts';
import { readHistory } from './jobs/read-history.ts';
import { createLog } from './log.ts';
import { createChartRenderer } from './render/charts/chart-renderer.ts';
import { reportText } from './render/report-text.ts';
import { views } from './render/views.ts';
import { reportNames, reports } from './reports/index.ts';
import { readNextProductId } from './store/next-product.ts';
import { openStore } from './store/open-store.ts';
import { nameCompany } from './terminal/company.ts';
import { addDoctorCommand } from './terminal/doctor-command.ts';
import { addExportCommand } from './terminal/export-command.ts';
import { addPrivacyCommand } from './terminal/privacy-command.ts';
import { addReplayCommand } from './terminal/replay-command.ts';
import { stopOnSignal, untilStopped } from './terminal/stop-on-signal.ts';
import { unlessUnderWay } from './terminal/under-way.ts';
import { createWhopClient } from './whop/rest/client.ts';
import { createHistoryReader } from './whop/rest/history-reader.ts';
import { backfillSummary, createProgressView } from './whop/rest/progress-view.ts';

/** What went wrong goes to standard error, so that standard output holds the answer alone. */
const log = createLog('warn', 'stderr');

const program = new Command('tidewatch')
  .description('Tidewatch from a terminal; it is configured by the environment, as the bot is')
  .version(packageJson.version)
  .allowExcessArguments(false)
  .showSuggestionAfterError(false)
  .exitOverride();

program
  .command('report')
  .description('print one report')
  .addArgument(new Argument('<name>', 'which report').choices(reportNames))
  .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
  .addOption(new Option('--period <name>', 'which time').choices(periodNames).default('30d' as const))
  .option('--plan <id>', 'count only this plan, plan_…')
  .option('--member <id>', 'whom the report member is about, user_…')
  .option('--now <instant>', 'the clock of the report, in ISO 8601 (default: now)', parseNow)
  .option('--json', 'print the report as JSON and nothing else')
  .option('--png <file>', 'write the chart to this file')
  .action(async (name, options, command) => {
    const config = parseConfig(process.env);
    const companyId = options.company ?? config.whop.companyId ?? command.error(nameCompany);
    const database = await openStore(config, log);
    try {
      const { period, plan: planId, member: memberId, now = Date.now() } = options;
      const question = { companyId, period, planId, memberId, now };
      await refreshCompany({ pool: database.pool, settings: config.company, log }, companyId);
      const report = await reports[name](question, { database, settings: config.company });
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : reportText(report));
      if (options.png !== undefined) {
        const drawChart = createChartRenderer({ ...config.charts, log });
        await writeChart(options.png, await drawChart(views[name].charts[0](report)));
      }
    } finally {
      await database.stop();
    }
  });

program
  .command('backfill')
  .description('read the company’s whole history from Whop, going on where the last one was stopped')
  .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
  .action(async (options, command) => {
    const config = parseConfig(process.env);
    const companyId = options.company ?? config.whop.companyId ?? command.error(nameCompany);
    const stopping = stopOnSignal();
    await untilStopped(stopping, () => runBackfill(companyId, config, stopping));
  });

program
  .command('rebuild')
  .description('make the books of a company anew from its facts; deliveries wait meanwhile')
  .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
  .action(async (options, command) => {
    const config = parseConfig(process.env);
    const companyId = options.company ?? config.whop.companyId ?? command.error(nameCompany);
    const database = await openStore(config, log);
    const made = rebuildCompany(database.pool, companyId, config.company).finally(database.stop);
    process.stdout.write(`Made anew: ${(await made).customers.toLocaleString('en')} customers.\n`);
  });

program
  .command('settings')
  .description('show what holds for a company, and change it; reports follow at once')
  .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
  .option('--time-zone <zone>', 'its days, such as Europe/Berlin; none: TIME_ZONE again', parseTimeZone)
  .option('--currency <code>', 'its reporting currency; none: REPORTING_CURRENCY again', parseCurrency)
  .addOption(new Option('--week-start <day>', 'its weeks').choices(weekStarts))
  .action(async (options, command) => {
    const config = parseConfig(process.env);
    const companyId = options.company ?? config.whop.companyId ?? command.error(nameCompany);
    const database = await openStore(config, log);
    const parts = { pool: database.pool, settings: config.company };
    const changed = changeSettings(parts, companyId, {
      timeZone: unlessNone(options.timeZone),
      reportingCurrency: unlessNone(options.currency),
      weekStart: options.weekStart,
    });
    const settings = await changed.finally(database.stop);
    process.stdout.write(
      `Time zone: ${settings.timeZone}\nReporting currency: ${settings.reportingCurrency ?? 'the one most paid in'}\n` +
        `Weeks begin on: ${settings.weekStart}\n`,
    );
  });

program
  .command('migrate')
  .description('bring the database to this version')
  .action(async () => {
    const database = await openStore(parseConfig(process.env), log);
    await database.stop();
    process.stdout.write('The database is up to date.\n');
  });

const terminal = { environment: process.env, log };
addExportCommand(program, terminal);
addPrivacyCommand(program, terminal);
addReplayCommand(program, terminal);
addDoctorCommand(program, terminal);
addChurnCommand(program);

async function runBackfill(companyId: string, config: Config, stopping: AbortSignal): Promise<void> {
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

async function writeChart(file: string, png: Uint8Array | null): Promise<void> {
  if (png === null) throw new UserError('No chart was drawn: set CHARTS to local, or see the reason above.');
  try {
    await writeFile(file, png);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new UserError(`The chart can’t be written to ${file} (${code}): choose another file.`);
  }
}

async function main(): Promise<void> {
  readEnvironmentFile();
  try {
    await program.parseAsync();
  } catch (error) {
    // Commander has already said on standard error what is allowed.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof WrongChoice) fail(error.message, 2);
    else if (error instanceof UserError) fail(error.message, 1);
    else {
      log.fatal({ err: error }, 'failed');
      process.exitCode = 1;
    }
  }
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}

await main();
