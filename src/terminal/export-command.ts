import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { parseCompanyId, parseNow } from '../arguments.ts';
import { parseConfig } from '../config.ts';
import { periodNames } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import { refreshCompany } from '../ingest/rebuild.ts';
import { reportCsv } from '../render/report-csv.ts';
import { reportNames, reports } from '../reports/index.ts';
import type { Report } from '../reports/report.ts';
import { makeFolder } from '../store/make-folder.ts';
import { openStore } from '../store/open-store.ts';
import { nameCompany } from './company.ts';
import type { Terminal } from './terminal.ts';

/** `cli export`: the numbers behind a report, as files. */
export function addExportCommand(program: CommandUnknownOpts, { environment, log }: Terminal): void {
  program
    .command('export')
    .description('write the figures and tables of a report to a folder, a CSV file each')
    .addArgument(new Argument('<name>', 'which report').choices(reportNames))
    .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
    .addOption(new Option('--period <name>', 'which time').choices(periodNames).default('30d' as const))
    .option('--plan <id>', 'count only this plan, plan_…')
    .option('--member <id>', 'whom the report member is about, user_…')
    .option('--now <instant>', 'the clock of the report, in ISO 8601 (default: now)', parseNow)
    .option('--to <folder>', 'where to write', 'export')
    .addOption(new Option('--csv', 'as CSV files, which it does unless told otherwise').conflicts('json'))
    .option('--json', 'as one JSON file')
    .action(async (name, options, command) => {
      const config = parseConfig(environment);
      const companyId = options.company ?? config.whop.companyId ?? command.error(nameCompany);
      const { period, plan: planId, member: memberId, now = Date.now(), to, json } = options;
      const database = await openStore(config, log);
      try {
        await refreshCompany({ pool: database.pool, settings: config.company, log }, companyId);
        const sources = { database, settings: config.company };
        const report = await reports[name]({ companyId, period, planId, memberId, now }, sources);
        for (const file of await writeFiles(to, json ? [jsonOf(report)] : reportCsv(report))) {
          process.stdout.write(`${file}\n`);
        }
      } finally {
        await database.stop();
      }
    });
}

function jsonOf(report: Report): { name: string; text: string } {
  return { name: `${report.name}.json`, text: `${JSON.stringify(report)}\n` };
}

/** Files of the same name are replaced. */
async function writeFiles(folder: string, files: readonly { name: string; text: string }[]): Promise<string[]> {
  try {
    await makeFolder(folder);
    const paths = files.map(({ name }) => join(folder, name));
    for (const [i, { text }] of files.entries()) await writeFile(paths[i] ?? '', text);
    return paths;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new UserError(`Nothing can be written to ${folder} (${code}): choose another folder with --to.`);
  }
}
