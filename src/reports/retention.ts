import { cohorts, customerLifetimes, milestones } from '../domain/retention.ts';
import { survivalCurve } from '../domain/survival.ts';
import { frameReport, loadFrame } from './frame.ts';
import type { ReportMaker } from './question.ts';

/** How long customers keep paying. */
export const retentionReport: ReportMaker = async (question, sources) => {
  const frame = await loadFrame(question, sources);
  const { books, period } = frame;
  const lifetimes = customerLifetimes(books, period.asOf);
  const curve = survivalCurve(lifetimes);
  const longestDays = Math.max(0, ...lifetimes.map(({ duration }) => duration));
  return frameReport('retention', question, frame, {
    figures: [],
    tables: [
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
        rows: cohorts(books, period.asOf),
      },
    ],
    series: [],
    notes: ['The curve is a Kaplan–Meier estimate with a 95% interval (Greenwood, log scale).'],
  });
};
