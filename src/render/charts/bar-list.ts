import type { Report } from '../../reports/report.ts';
import { textAxis } from './axes.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, subtitle, title } from './chart-parts.ts';
import { theme } from './theme.ts';

/** What stands on one line: a name before the bar, and what it amounts to behind. */
export type Bar = { name: string; value: number; text: string; color: string };

/** Chart.js leaves a quarter of the width to an axis, and cuts off what is longer. */
const mostCharacters = 14;

function linesOf(name: string): string[] {
  const space = name.lastIndexOf(' ', mostCharacters);
  return name.length <= mostCharacters || space < 1 ? [name] : [name.slice(0, space), name.slice(space + 1)];
}

/** Bars below each other, each with its name on the left and its amount in words on the right. */
export function barList(report: Report, what: string, bars: readonly Bar[]): ChartConfig {
  return {
    type: 'bar',
    data: {
      labels: bars.map(({ name }) => name),
      datasets: [
        {
          type: 'bar',
          label: what,
          xAxisID: 'x',
          yAxisID: 'y',
          data: bars.map(({ value }) => value),
          backgroundColor: bars.map(({ color }) => color),
          barPercentage: 0.8,
          categoryPercentage: 0.8,
          maxBarThickness: 40,
        },
      ],
    },
    options: {
      locale: 'en-US',
      indexAxis: 'y',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, what), legend: { display: false } },
      scales: {
        y: textAxis(
          bars.map(({ name }) => linesOf(name)),
          theme.text,
        ),
        amounts: {
          ...textAxis(
            bars.map(({ text }) => text),
            theme.muted,
          ),
          axis: 'y',
          position: 'right',
        },
        x: { type: 'linear', min: 0, display: false },
      },
    },
  };
}
