import type { Report } from '../../reports/report.ts';
import { formatCount } from '../format.ts';
import { countPanel, dayAxis, moneyPanel } from './axes.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { dayLabels } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { shortMoney } from './money-label.ts';
import { drawnDays, drawnSeries } from './report-values.ts';
import { stockArea } from './stock-area.ts';
import { theme } from './theme.ts';

/** MRR above members, each in a panel with an axis of its own from zero. */
export function overviewChart(report: Report): ChartConfig {
  const { currency } = report;
  const mrr = drawnSeries(report, 'mrr');
  const members = drawnSeries(report, 'members');
  const nothing = ![...mrr.values, ...members.values].some((value) => value > 0);
  if (nothing) return emptyChart(report, 'MRR and members', 'No members and no payments yet');
  const mrrLabel = `${mrr.label} ${shortMoney(mrr.values.at(-1) ?? 0, currency)}`;
  const membersLabel = `${members.label} ${formatCount(members.values.at(-1) ?? 0)}`;
  return {
    type: 'line',
    data: {
      labels: dayLabels(drawnDays(report)),
      datasets: [
        stockArea({ label: mrrLabel, values: mrr.values, axis: 'mrr', look: 'money' }),
        stockArea({ label: membersLabel, values: members.values, axis: 'members', look: 'people' }),
      ],
    },
    options: {
      locale: 'en-US',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, 'MRR and members'), legend },
      // Panels are stacked from the bottom up.
      scales: {
        x: dayAxis,
        members: countPanel({ values: members.values, intervals: 3, color: theme.people }),
        mrr: moneyPanel({ values: mrr.values, intervals: 4, color: theme.line }, currency),
      },
    },
  };
}
