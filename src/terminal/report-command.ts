import { writeFile } from 'node:fs/promises';
import { Argument, type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { parseCompanyId, parseNow } from '../arguments.ts';
import { parseConfig } from '../config.ts';
import { periodNames } from '../domain/calendar.ts';
import { UserError } from '../domain/user-error.ts';
import { refreshCompany } from '../ingest/rebuild.ts';
import { createChartRenderer } from '../render/charts/chart-renderer.ts';
import { reportText } from '../render/report-text.ts';
import { views } from '../render/views.ts';
import { reportNames, reports } from '../reports/index.ts';
import { openStore } from '../store/open-store.ts';
import { nameCompany } from './company.ts';
import type { Terminal } from './terminal.ts';

/** `cli report`: one report, as text, as JSON or as a picture. */
export function addReportCommand(program: CommandUnknownOpts, { environment, log }: Terminal): void {
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
      const config = parseConfig(environment);
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
