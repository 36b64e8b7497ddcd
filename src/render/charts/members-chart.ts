import type { Report } from '../../reports/report.ts';
import { formatCount } from '../format.ts';
import { countPanel, dayAxis } from './axes.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { dayLabels } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { drawnDays, drawnSeries, figureValue } from './report-values.ts';
import { stockArea } from './stock-area.ts';
import { theme } from './theme.ts';

/** Members at each day's end; who joined and left in the period stands in the legend. */
export function membersChart(report: Report): ChartConfig {
  const { label, values } = drawnSeries(report, 'members');
  if (!values.some((value) => value > 0)) return emptyChart(report, 'Members', 'No members yet');
  const flows = ['joined', 'left'].flatMap((key) => flow(report, key));
  const written = [`${label} ${formatCount(values.at(-1) ?? 0)}`, ...flows].join(' · ');
  return {
    type: 'line',
    data: {
      labels: dayLabels(drawnDays(report)),
      datasets: [stockArea({ label: written, values, axis: 'members', look: 'people' })],
    },
    options: {
      locale: 'en-US',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, 'Members by day'), legend },
      scales: { x: dayAxis, members: countPanel({ values, intervals: 5, color: theme.people }) },
    },
  };
}

function flow(report: Report, key: string): string[] {
  const value = figureValue(report, key);
  return value === null ? [] : [`${formatCount(value)} ${key}`];
}
