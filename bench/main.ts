import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Argument, Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { createLog, type Log } from '../src/log.ts';
import { activityPart } from './activity/activity-part.ts';
import { type BenchDatabase, openBenchDatabase } from './bench-database.ts';
import { churnPart } from './churn/churn-part.ts';
import { engagementPart } from './engagement-part.ts';
import type { Findings } from './findings.ts';
import { gatewayPart } from './gateway/gateway-part.ts';
import { ingestPart } from './ingest/ingest-part.ts';
import { describeMachine } from './machine.ts';
import type { Part } from './part.ts';
import { rebuildPart } from './rebuild-part.ts';
import { reportPart } from './report-part.ts';
import { resultsMarkdown, resultsText } from './results.ts';
import { sizesOf } from './sizes.ts';

const partNames = ['ingest', 'report', 'rebuild', 'churn', 'activity', 'gateway', 'engagement'] as const;
const parts: Readonly<Record<(typeof partNames)[number], Part>> = {
  ingest: ingestPart,
  report: reportPart,
  rebuild: rebuildPart,
  churn: churnPart,
  activity: activityPart,
  gateway: gatewayPart,
  engagement: engagementPart,
};
const resultsFile = fileURLToPath(new URL('results.md', import.meta.url));
const stopWithinMs = 9_000;

const program = new Command('bench')
  .description('Measures speed as ratios, on a Postgres of its own in a temporary folder')
  .addArgument(new Argument('[parts...]', 'what to measure (default: everything)').choices(partNames))
  .option('--quick', 'a few seconds of everything, to see that it works', false)
  .option('--scale <share>', 'how many of the customers there are', parseScale, 1)
  .option('--write', 'write bench/results.md', false);

async function main(): Promise<void> {
  program.parse();
  const { write, ...options } = program.opts();
  const [chosen] = program.processedArgs;
  const log = createLog('warn', 'stderr');
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const findings: Findings[] = [];
  let machine: string[] = [];
  for (const name of chosen.length > 0 ? chosen : partNames) {
    const measured = await onDatabase(log, async (database) => {
      machine = [...(await describeMachine(database.pool)), ...caveats(options)];
      return parts[name]({ database, sizes: sizesOf(options), log, say });
    });
    findings.push(measured);
  }
  process.stdout.write(resultsText(findings, machine));
  if (write) await writeFile(resultsFile, resultsMarkdown(findings, machine));
}

/** What forbids to compare these figures with those of a whole run. */
function caveats({ quick, scale }: { quick: boolean; scale: number }): string[] {
  return [
    ...(quick ? ['with --quick: too little to measure by'] : []),
    ...(scale === 1 ? [] : [`with --scale ${scale}: fewer customers than the targets are for`]),
  ];
}

/** A database for each part, so that none is measured on what another one has left. */
async function onDatabase<T>(log: Log, work: (database: BenchDatabase) => Promise<T>): Promise<T> {
  const database = await openBenchDatabase(log);
  try {
    return await Promise.race([work(database), interrupted]);
  } finally {
    await database.stop();
  }
}

function parseScale(text: string): number {
  const scale = Number(text);
  if (scale > 0 && scale <= 1) return scale;
  throw new InvalidArgumentError('It must be above 0, and 1 at most.');
}

/** Rejected once somebody wants this to end: what was started is stopped then, and the temporary folder removed. */
const interrupted = new Promise<never>((_resolve, reject) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      reject(new Interrupted(signal));
      setTimeout(() => process.exit(1), stopWithinMs).unref();
    });
  }
});
interrupted.catch(() => undefined);

class Interrupted extends Error {}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      error instanceof Interrupted ? 'interrupted\n' : `${error instanceof Error ? error.stack : error}\n`,
    );
    process.exit(1);
  },
);
