import type { Report } from '../../reports/report.ts';
import { formatCount, formatMoney } from '../format.ts';
import { barList } from './bar-list.ts';
import type { ChartConfig } from './chart-config.ts';
import { emptyChart } from './empty-chart.ts';
import { numberIn, tableRows, textIn } from './report-values.ts';
import { theme } from './theme.ts';

/** Those that ask for somebody to do something. */
const urgent: ReadonlySet<string> = new Set(['scheduled to leave', 'past due', 'at risk', 'fading']);

/** How many members each segment has, and what they pay a month in the reporting currency: there is no room for others. */
export function segmentsChart(report: Report): ChartConfig {
  const what = `Members by segment, with their MRR in ${report.currency}`;
  const rows = tableRows(report, 'segments');
  if (rows.length === 0) return emptyChart(report, what, 'No members yet');
  const bars = rows.map((row) => {
    const [segment, members] = [textIn(row.segment), numberIn(row.members) ?? 0];
    const color = urgent.has(segment) ? theme.movements.churn : theme.line;
    const text = `${formatCount(members)} · ${formatMoney(numberIn(row.mrr) ?? 0, report.currency)}`;
    return { name: segment, color, value: members, text };
  });
  return barList(report, what, bars);
}
