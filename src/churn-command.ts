import { type CommandUnknownOpts, InvalidArgumentError } from '@commander-js/extra-typings';
import { type Evaluation, evaluateHistory } from './domain/churn/evaluate-history.ts';
import type { Instant } from './domain/facts.ts';
import { WrongChoice } from './domain/user-error.ts';
import { parseDate, readEventHistory } from './event-history.ts';

/** `cli churn evaluate`: judges the model on any history of events, without a database. */
export function addChurnCommand(program: CommandUnknownOpts): void {
  program
    .command('churn')
    .description('judge the model of who leaves')
    .command('evaluate')
    .description('fit at each landmark on what was known then, say who leaves within 30 days, and judge that')
    .requiredOption('--events <file>', 'CSV of user,date,kind,value')
    .requiredOption('--subscriptions <file>', 'CSV of sub,user,start,end,cancelled; end is empty while it runs')
    .requiredOption('--landmarks <days>', 'days at whose beginning is looked, separated by commas', parseDays)
    .requiredOption('--test-from <day>', 'the first landmark that is judged', parseDay)
    .option('--json', 'print one JSON object and nothing else')
    .action(evaluate);
}

type Options = {
  events: string;
  subscriptions: string;
  landmarks: readonly Instant[];
  testFrom: Instant;
  json?: true | undefined;
};

async function evaluate({ events, subscriptions, landmarks, testFrom, json }: Options): Promise<void> {
  const history = await readEventHistory({ events, subscriptions }, testFrom);
  const historyStart = Number.NEGATIVE_INFINITY;
  const evaluation = evaluateHistory({ ...history, landmarks, testFrom, historyStart });
  if (evaluation.rows === 0) throw new WrongChoice(nothingToJudge);
  const told = named(evaluation);
  process.stdout.write(json ? `${JSON.stringify(told)}\n` : lines(told));
}

const nothingToJudge =
  'Nothing to judge: at no landmark from --test-from on does a subscription run of which 37 more days are known.';

function named({ auc, brier, logLoss, lift, ece, baseRate, baseBrier, rows, leavers }: Evaluation) {
  return { auc, brier, logloss: logLoss, lift, ece, base_rate: baseRate, base_brier: baseBrier, rows, leavers };
}

function lines(told: ReturnType<typeof named>): string {
  return Object.entries(told)
    .map(([name, value]) => `${name.padEnd(10)} ${value === null ? 'n/a' : Number(value.toFixed(4))}\n`)
    .join('');
}

function parseDay(text: string): Instant {
  const day = parseDate(text);
  if (day === null) throw new InvalidArgumentError('It must be a day such as 2026-01-05.');
  return day;
}

function parseDays(text: string): Instant[] {
  return [...new Set(text.split(',').map((day) => parseDay(day.trim())))].sort((a, b) => a - b);
}
