import { type CohortCell, cohorts, milestones } from '../domain/retention.ts';
import { type Lifetime, survivalCurve } from '../domain/survival.ts';
import { readCohortChanges, readLifetimes } from '../store/lifetimes.ts';
import { answer } from './frame.ts';
import type { ReportMaker } from './question.ts';
import type { Table } from './report.ts';

/** How long customers keep paying. */
export const retentionReport: ReportMaker = (question, sources) =>
  answer('retention', question, sources, async (frame) => {
    const { client, asked, period, head } = frame;
    const { companyId } = question;
    const { scope } = asked;
    const lifetimes = await readLifetimes(client, { companyId, scope, timeZone: head.timeZone, asOf: period.asOf });
    const grid = cohorts(await readCohortChanges(client, companyId, scope), period.asOf, head.timeZone);
    return { figures: [], tables: tablesOf(lifetimes, grid), series: [], notes: notesOf(lifetimes) };
  });

function tablesOf(lifetimes: readonly Lifetime[], grid: readonly CohortCell[]): Table[] {
  const curve = survivalCurve(lifetimes);
  const longestDays = Math.max(0, ...lifetimes.map(({ duration }) => duration));
  return [
    {
      key: 'milestones',
      title: 'Still paying after',
      columns: [
        { key: 'after', label: 'After', unit: 'text' },
        { key: 'survival', label: 'Still paying', unit: 'ratio' },
        { key: 'lower', label: 'at least', unit: 'ratio' },
        { key: 'upper', label: 'at most', unit: 'ratio' },
      ],
      rows: milestones(curve, longestDays).map(({ days, ...shares }) => ({ after: `${days} days`, ...shares })),
    },
    {
      key: 'survival',
      title: 'Customers still paying',
      columns: [
        { key: 'days', label: 'Days', unit: 'days' },
        { key: 'survival', label: 'Still paying', unit: 'ratio' },
        { key: 'lower', label: 'At least', unit: 'ratio' },
        { key: 'upper', label: 'At most', unit: 'ratio' },
        { key: 'at_risk', label: 'Customers seen', unit: 'count' },
      ],
      rows: curve.map(({ time, survival, lower, upper, atRisk }) => ({
        days: time,
        survival,
        lower,
        upper,
        at_risk: atRisk,
      })),
    },
    {
      key: 'cohorts',
      title: 'Cohorts by month of first payment',
      columns: [
        { key: 'cohort', label: 'Cohort', unit: 'text' },
        { key: 'size', label: 'Customers', unit: 'count' },
        { key: 'month', label: 'Months since', unit: 'count' },
        { key: 'retained', label: 'Still paying', unit: 'ratio' },
      ],
      rows: [...grid],
    },
  ];
}

function notesOf(lifetimes: readonly Lifetime[]): string[] {
  const late = lifetimes.reduce((sum, { entry = 0, cases = 1 }) => sum + (entry > 0 ? cases : 0), 0);
  return ['The curve is a Kaplan–Meier estimate with a 95% interval (Greenwood, log scale).', ...lateNote(late)];
}

function lateNote(late: number): string[] {
  if (late === 0) return [];
  const customers = late === 1 ? '1 customer is' : `${late} customers are`;
  return [
    `${customers} known only from a renewal on: they count in the curve from that day of theirs, and in no cohort. Run cli backfill to learn their beginning.`,
  ];
}
