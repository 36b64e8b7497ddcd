import type { Report } from '../../reports/report.ts';
import { formatCount, formatMoney } from '../format.ts';
import { barList } from './bar-list.ts';
import type { ChartConfig } from './chart-config.ts';
import { emptyChart } from './empty-chart.ts';
import { numberIn, tableRows } from './report-values.ts';
import { theme } from './theme.ts';

const bands = [
  { band: 'high', name: 'High', color: theme.movements.churn },
  { band: 'medium', name: 'Medium', color: theme.movements.contraction },
  { band: 'low', name: 'Low', color: theme.movements.new },
] as const;

/** How many members are at which risk, and what they pay a month. */
export function churnChart(report: Report): ChartConfig {
  const what = 'Members by risk of leaving within 30 days';
  const rows = tableRows(report, 'members_at_risk');
  if (rows.length === 0) return emptyChart(report, what, 'No members to score yet');
  const bars = bands.map(({ band, name, color }) => {
    const own = rows.filter((row) => row.band === band);
    const mrr = own.reduce((sum, row) => sum + (numberIn(row.mrr) ?? 0), 0);
    return {
      name,
      color,
      value: own.length,
      text: `${formatCount(own.length)} · ${formatMoney(mrr, report.currency)}`,
    };
  });
  return barList(report, what, bars);
}
