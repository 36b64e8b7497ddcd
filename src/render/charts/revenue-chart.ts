import { toMajor } from '../../domain/money.ts';
import type { Report } from '../../reports/report.ts';
import type { ChartConfig } from './chart-config.ts';
import { dayAxis, legend, moneyPanel, shortMoney, subtitle, title } from './chart-parts.ts';
import { dayLabels } from './day-labels.ts';
import { theme } from './theme.ts';

type Datasets = ChartConfig['data']['datasets'];

type Money = { label: string; values: number[] };

/**
 * MRR is a stock and net revenue a flow of each day, and they differ by more than an order of magnitude: so each has a
 * panel and an axis of its own, both from zero, above the same days.
 */
export function revenueChart(report: Report): ChartConfig {
  const { currency } = report;
  const days = report.series[0]?.points.map((point) => point.day) ?? [];
  const mrr = majorUnits(report, 'mrr');
  const netRevenue = majorUnits(report, 'net_revenue');
  return {
    type: 'bar',
    data: { labels: dayLabels(days), datasets: [mrrLine(mrr, currency), ...netRevenueBars(netRevenue, currency)] },
    options: {
      locale: 'en-US',
      layout: { padding: { top: 14, right: 32, bottom: 12, left: 18 } },
      plugins: { title: title(report), subtitle: subtitle(report, 'MRR and net revenue'), legend },
      // Panels are stacked from the bottom up.
      scales: {
        x: dayAxis,
        net_revenue: moneyPanel({ currency, values: netRevenue.values, intervals: 3, color: theme.gain }),
        mrr: moneyPanel({ currency, values: mrr.values, intervals: 4, color: theme.line }),
      },
    },
  };
}

function majorUnits(report: Report, key: string): Money {
  const series = report.series.find((candidate) => candidate.key === key);
  const values = series?.points.map((point) => toMajor(point.value, report.currency)) ?? [];
  return { label: series?.label ?? key, values };
}

function mrrLine({ label, values }: Money, currency: string): Datasets[number] {
  return {
    type: 'line',
    label: `${label} ${shortMoney(values.at(-1) ?? 0, currency)}`,
    yAxisID: 'mrr',
    data: values,
    borderColor: theme.line,
    backgroundColor: theme.lineFill,
    borderWidth: 3,
    borderJoinStyle: 'round',
    fill: 'origin',
    clip: 8,
    pointRadius: values.length <= 14 ? 4 : 0,
    pointBackgroundColor: theme.line,
  };
}

/** Days below zero are a dataset of their own, so that the legend says what their colour means. */
function netRevenueBars({ label, values }: Money, currency: string): Datasets {
  const total = values.reduce((sum, value) => sum + value, 0);
  const look = { ...barLook, barPercentage: values.length > 124 ? 1 : 0.8 };
  const gains: Datasets[number] = {
    ...look,
    label: `${label} by day, total ${shortMoney(total, currency)}`,
    backgroundColor: theme.gain,
    data: values.map((value) => (value < 0 ? null : value)),
  };
  const losses: Datasets[number] = {
    ...look,
    label: 'negative',
    backgroundColor: theme.loss,
    data: values.map((value) => (value < 0 ? value : null)),
  };
  return values.some((value) => value < 0) ? [gains, losses] : [gains];
}

const barLook = {
  type: 'bar',
  yAxisID: 'net_revenue',
  grouped: false,
  borderRadius: 2,
  maxBarThickness: 44,
  categoryPercentage: 1,
} as const;
