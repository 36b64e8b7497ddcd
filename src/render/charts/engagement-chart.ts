import type { Report } from '../../reports/report.ts';
import { formatCount } from '../format.ts';
import { countPanel, dayAxis } from './axes.ts';
import type { ChartConfig, Datasets } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { type DayBuckets, dayBuckets, onMiddleDays } from './day-buckets.ts';
import { dayLabels } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { type Drawn, drawnDays, drawnSeries, figureValue } from './report-values.ts';
import { stockArea } from './stock-area.ts';
import { theme } from './theme.ts';

/** Messages as bars below who was active on each day: how much, and how many. */
export function engagementChart(report: Report): ChartConfig {
  const messages = drawnSeries(report, 'messages');
  const active = drawnSeries(report, 'active_members');
  const nothing = ![...messages.values, ...active.values].some((value) => value > 0);
  if (nothing) return emptyChart(report, 'Who shows up', 'No activity yet');
  const days = drawnDays(report);
  const buckets = dayBuckets(days);
  const sums = sumsOf(messages.values, days, buckets);
  return {
    type: 'bar',
    data: {
      labels: dayLabels(days),
      datasets: [
        stockArea({ label: activeLabel(active, report), values: active.values, axis: 'active', look: 'people' }),
        messageBars(messages, sums, buckets),
      ],
    },
    options: {
      locale: 'en-US',
      layout,
      plugins: {
        title: title(report),
        subtitle: subtitle(report, `Active people by day, messages by ${buckets.name}`),
        legend,
      },
      // Panels are stacked from the bottom up.
      scales: {
        x: dayAxis,
        messages: countPanel({ values: sums, intervals: 4, color: theme.line }),
        active: countPanel({ values: active.values, intervals: 4, color: theme.people }),
      },
    },
  };
}

function activeLabel({ label }: Drawn, report: Report): string {
  return `${label} ${formatCount(figureValue(report, 'active_members') ?? 0)}`;
}

function sumsOf(values: number[], days: string[], { bucketOf, middles }: DayBuckets): number[] {
  const sums = middles.map(() => 0);
  for (const [index, day] of days.entries()) {
    const bucket = bucketOf.get(day) ?? 0;
    sums[bucket] = (sums[bucket] ?? 0) + (values[index] ?? 0);
  }
  return sums;
}

function messageBars({ label }: Drawn, sums: number[], buckets: DayBuckets): Datasets[number] {
  const total = sums.reduce((sum, value) => sum + value, 0);
  return {
    type: 'bar',
    label: `${label} ${formatCount(total)}`,
    yAxisID: 'messages',
    backgroundColor: theme.line,
    data: onMiddleDays(sums, buckets),
    categoryPercentage: 1,
    barPercentage: buckets.barWidth,
    clip: 8,
    maxBarThickness: 44,
  };
}
