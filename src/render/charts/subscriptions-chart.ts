import type { Report, Table } from '../../reports/report.ts';
import { formatCount } from '../format.ts';
import { textAxis } from './axes.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, shortName, subtitle, title } from './chart-parts.ts';
import { emptyChart } from './empty-chart.ts';
import { figureValue, numberIn, tableRows, textIn } from './report-values.ts';
import { theme } from './theme.ts';

const mostPlans = 8;
const longestPlanName = 20;
/** Shares of the picture's width. */
const width = { nameCharacter: 0.0185, counts: 0.19 };

type Bar = { label: string; subscriptions: number; color: string };

/** The plans that active subscriptions are of, the largest on top, each with its count and share. */
export function subscriptionsChart(report: Report): ChartConfig {
  const bars = planBars(tableRows(report, 'plan_mix'));
  const counted = bars.reduce((sum, { subscriptions }) => sum + subscriptions, 0);
  const total = figureValue(report, 'active_subscriptions') ?? counted;
  const what = total === 1 ? '1 active subscription' : `${formatCount(total)} active subscriptions`;
  if (counted === 0) return emptyChart(report, what, 'No active subscriptions yet');
  return {
    type: 'bar',
    data: { labels: bars.map(({ label }) => label), datasets: [dataset(bars)] },
    options: {
      locale: 'en-US',
      indexAxis: 'y',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, `${what} by plan`), legend: { display: false } },
      scales: {
        x: { type: 'linear', ...roomForText(bars), display: false },
        y: insideText(bars.map(({ label }) => label)),
        counts: { ...insideText(bars.map((bar) => written(bar, counted))), axis: 'y', position: 'right' },
      },
    },
  };
}

function planBars(rows: Table['rows']): Bar[] {
  const plans = rows
    .map((row) => ({ name: textIn(row.plan) || textIn(row.plan_id), subscriptions: numberIn(row.subscriptions) ?? 0 }))
    .filter(({ subscriptions }) => subscriptions > 0)
    .sort((a, b) => b.subscriptions - a.subscriptions);
  const bars = plans.slice(0, mostPlans).map(({ name, subscriptions }) => {
    return { label: shortName(name, longestPlanName), subscriptions, color: theme.line };
  });
  const others = plans.slice(mostPlans);
  if (others.length === 0) return bars;
  const subscriptions = others.reduce((sum, plan) => sum + plan.subscriptions, 0);
  return [...bars, { label: `Other (${others.length})`, subscriptions, color: theme.muted }];
}

/** Axes beside the bars would share a quarter of the width each and cut their names off: so both are inside. */
function roomForText(bars: Bar[]) {
  const most = Math.max(...bars.map(({ subscriptions }) => subscriptions));
  const characters = Math.max(...bars.map(({ label }) => Math.min(label.length, longestPlanName)));
  const names = width.nameCharacter * (1 + characters);
  const perWidth = most / (1 - names - width.counts);
  return { min: -names * perWidth, max: most + width.counts * perWidth };
}

function insideText(labels: string[]) {
  const axis = textAxis(labels, theme.text);
  return { ...axis, ticks: { ...axis.ticks, mirror: true, padding: 0, z: 1 } };
}

function dataset(bars: Bar[]) {
  return {
    label: 'Subscriptions',
    yAxisID: 'y',
    data: bars.map(({ subscriptions }) => subscriptions),
    backgroundColor: bars.map(({ color }) => color),
    borderRadius: 4,
    minBarLength: 3,
    maxBarThickness: 40,
    barPercentage: 0.75,
    categoryPercentage: 1,
  };
}

const percent = new Intl.NumberFormat('en-US', { style: 'percent' });

function written({ subscriptions }: Bar, counted: number): string {
  return `${formatCount(subscriptions)} · ${percent.format(subscriptions / counted)}`;
}
