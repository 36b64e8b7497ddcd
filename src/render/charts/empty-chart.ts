import type { Report } from '../../reports/report.ts';
import { textAxis } from './axes.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, subtitle, title } from './chart-parts.ts';
import { theme } from './theme.ts';

/** A picture that says what is missing, in place of axes around nothing. */
export function emptyChart(report: Report, what: string, sentence: string): ChartConfig {
  return {
    type: 'bar',
    data: { labels: [], datasets: [] },
    options: {
      locale: 'en-US',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, what), legend: { display: false } },
      scales: {
        x: { ...textAxis([sentence], theme.text), position: { y: 0.5 } },
        y: { type: 'linear', min: 0, max: 1, display: false },
      },
    },
  };
}
