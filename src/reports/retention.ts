import { cohorts, customerSurvival } from '../domain/retention.ts';
import { frameReport, loadFrame } from './frame.ts';
import type { ReportMaker } from './question.ts';

/** How long customers keep paying. */
export const retentionReport: ReportMaker = async (question, sources) => {
  const frame = await loadFrame(question, sources);
  const { books, period } = frame;
  return frameReport('retention', question, frame, {
    figures: [],
    tables: [
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
        rows: customerSurvival(books, period.asOf).map(({ time, survival, lower, upper, atRisk }) => ({
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
          { key: 'month', label: 'Months since', unit: 'number' },
          { key: 'retained', label: 'Still paying', unit: 'ratio' },
        ],
        rows: cohorts(books, period.asOf),
      },
    ],
    series: [],
    notes: ['The curve is a Kaplan–Meier estimate with a 95% interval (Greenwood, log scale).'],
  });
};
