import type { ChurnScan } from '../domain/churn/scan.ts';
import { type DigestValues, eachFigure, restatedFigures } from '../domain/digest.ts';
import { readAlertSums } from '../store/alerts/alert-sums.ts';
import { readToldFigures } from '../store/digest-figures.ts';
import { readCancelOptions } from '../store/happenings.ts';
import { readMemberChanges } from '../store/member-changes.ts';
import { readPersonMovements, readPlanMovements } from '../store/mrr-changes.ts';
import { readOptedOut } from '../store/opted-out.ts';
import { readEverything } from '../store/stretch-sums.ts';
import { currentScan } from './churn/current-scan.ts';
import { alertTable } from './digest/alert-table.ts';
import { loadAtRisk } from './digest/at-risk.ts';
import { loadDeadlines } from './digest/deadlines.ts';
import { loadFreshness } from './digest/freshness.ts';
import { memberChangeTable, personMovementTable, planMovementTable } from './digest/people-tables.ts';
import { judgementTable, judgeWeeks, limitTable, restatedTable, weekTable } from './digest/week-tables.ts';
import { loadWeeks, type Week } from './digest/weeks.ts';
import { digestNames } from './figure-names.ts';
import { answer, type Frame, nameFigures } from './frame.ts';
import { moneyNotes } from './notes.ts';
import type { ReportMaker } from './question.ts';
import type { Table } from './report.ts';
import { cancelOptionTable } from './subscription-tables.ts';

/** Of those who gained and of those who lost; of those who joined and of those who left. */
const mostPeople = 3;
const mostNames = 5;

/** The last complete week on one screen, whatever period is asked for. It names people: what is shown to everybody leaves those out. */
export const digestReport: ReportMaker = async (question, sources) => {
  const scan = await currentScan(question, sources);
  const ofWeek = { ...question, period: 'week', planId: undefined } as const;
  return answer('digest', ofWeek, sources, async (frame) => {
    const weeks = await loadWeeks(frame);
    const [before, now] = lastTwo(weeks);
    const [moved, deadlines, restated, fresh, risk, everything] = await Promise.all([
      loadMoved(frame),
      loadDeadlines(frame),
      loadRestated(frame, before),
      loadFreshness(frame),
      loadAtRisk(frame, scan),
      readEverything(frame.client, frame.asked),
    ]);
    const figures = nameFigures(digestNames, now.figures, before.figures);
    const judgements = judgeWeeks(weeks);
    return {
      figures: [...figures, ...risk.figures],
      tables: [
        weekTable(weeks),
        judgementTable(judgements),
        limitTable(judgements),
        ...moved,
        risk.table,
        deadlines,
        restatedTable(restated),
        fresh,
      ],
      series: [],
      notes: [...moneyNotes(everything, figures, frame.head.currency), ...priorNote(scan)],
      isEmpty: frame.isEmpty && !now.known.activity,
    };
  });
};

/** What isn't learned from the community itself is said to be so. */
function priorNote({ modelKind, note }: ChurnScan): string[] {
  return modelKind === 'prior' ? [`Who is at risk: ${note}`] : [];
}

function lastTwo(weeks: readonly Week[]): [Week, Week] {
  const [before, now] = weeks.slice(-2);
  if (before === undefined || now === undefined) throw new Error('a digest needs two weeks');
  return [before, now];
}

/** What changed within the week, through whom, why, and what staff did about it. */
async function loadMoved({ client, period, catalogue, head, question: { companyId, now } }: Frame): Promise<Table[]> {
  const within = { companyId, span: period, currency: head.currency };
  const unlisted = await readOptedOut(client, companyId);
  const [plans, people, members, options, alerts] = await Promise.all([
    readPlanMovements(client, within),
    readPersonMovements(client, { ...within, most: mostPeople, unlisted }),
    readMemberChanges(client, { ...within, most: mostNames, unlisted }),
    readCancelOptions(client, within),
    readAlertSums(client, { ...within, until: now }),
  ]);
  return [
    planMovementTable(plans, catalogue),
    personMovementTable(people),
    memberChangeTable(members),
    cancelOptionTable(options),
    alertTable(alerts),
  ];
}

async function loadRestated({ client, question: { companyId }, head }: Frame, { day, figures }: Week) {
  const told = await readToldFigures(client, { companyId, week: day, ...head });
  const values: DigestValues = eachFigure((key) => figures[key].value);
  return restatedFigures(told, values);
}
