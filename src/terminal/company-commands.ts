import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { parseCompanyId, parseCurrency, parseTimeZone, unlessNone } from '../arguments.ts';
import { parseConfig } from '../config.ts';
import { weekStarts } from '../domain/calendar.ts';
import { changeSettings } from '../ingest/change-settings.ts';
import { rebuildCompany } from '../ingest/rebuild.ts';
import { openStore } from '../store/open-store.ts';
import { nameCompany } from './company.ts';
import type { Terminal } from './terminal.ts';

/** `cli rebuild`, `settings` and `migrate`: what the database holds. */
export function addCompanyCommands(program: CommandUnknownOpts, { environment, log }: Terminal): void {
  program
    .command('rebuild')
    .description('make the books of a company anew from its facts; deliveries wait meanwhile')
    .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
    .action(async (options, command) => {
      const config = parseConfig(environment);
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
      const config = parseConfig(environment);
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
      const database = await openStore(parseConfig(environment), log);
      await database.stop();
      process.stdout.write('The database is up to date.\n');
    });
}
