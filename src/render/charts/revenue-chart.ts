import type { Report } from '../../reports/report.ts';
import { dayAxis, moneyPanel } from './axes.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { dayBuckets } from './day-buckets.ts';
import { dayLabels } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { shortMoney } from './money-label.ts';
import { type MovementSums, movementBars, movementSums, stackEnds } from './movement-bars.ts';
import { drawnDays, drawnSeries } from './report-values.ts';
import { stockArea } from './stock-area.ts';
import { theme } from './theme.ts';

/**
 * MRR is a stock and its movements are small beside it: so each has a panel and an axis of its own, both from zero,
 * above the same days.
 */
export function revenueChart(report: Report): ChartConfig {
  const { currency } = report;
  const days = drawnDays(report);
  const buckets = dayBuckets(days);
  const mrr = drawnSeries(report, 'mrr');
  const movements = movementSums(report, buckets);
  if (movements.length === 0 && !mrr.values.some((value) => value > 0)) {
    return emptyChart(report, 'MRR', 'No recurring revenue yet');
  }
  const label = `${mrr.label} ${shortMoney(mrr.values.at(-1) ?? 0, currency)}`;
  return {
    type: 'bar',
    data: {
      labels: dayLabels(days),
      datasets: [
        stockArea({ label, values: mrr.values, axis: 'mrr', look: 'money' }),
        ...movementBars(movements, buckets, currency),
      ],
    },
    options: {
      locale: 'en-US',
      layout,
      plugins: {
        title: title(report),
        subtitle: subtitle(report, movements.length > 0 ? `MRR and its movements by ${buckets.name}` : 'MRR'),
        legend,
      },
      // Panels are stacked from the bottom up.
      scales: {
        x: dayAxis,
        ...movementPanel(movements, currency),
        mrr: moneyPanel({ values: mrr.values, intervals: 4, color: theme.line }, currency),
      },
    },
  };
}

function movementPanel(movements: readonly MovementSums[], currency: string) {
  if (movements.length === 0) return {};
  return { movements: moneyPanel({ values: stackEnds(movements), intervals: 4, color: theme.muted }, currency) };
}
