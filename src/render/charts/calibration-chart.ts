import type { Report } from '../../reports/report.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { emptyChart } from './empty-chart.ts';
import { niceScale } from './nice-scale.ts';
import { shareIn, tableRows } from './report-values.ts';
import { font, theme } from './theme.ts';

const what = 'What the model said, and what came';

/** Of ten groups of members the share that left, by the probability that was said of them: on the line it was right. */
export function calibrationChart(report: Report): ChartConfig {
  const points = tableRows(report, 'calibration').map((row) => ({
    x: shareIn(row.predicted) ?? 0,
    y: shareIn(row.observed) ?? 0,
  }));
  if (points.length === 0) return emptyChart(report, what, 'No test on past weeks yet');
  const scale = niceScale(
    points.flatMap(({ x, y }) => [x, y]),
    5,
  );
  const { max } = scale;
  return {
    type: 'line',
    data: {
      datasets: [
        {
          type: 'line',
          label: 'members in ten groups',
          data: points,
          borderColor: theme.line,
          backgroundColor: theme.line,
          borderWidth: 3,
          pointRadius: 5,
          clip: 8,
        },
        {
          type: 'line',
          label: 'always right',
          data: [
            { x: 0, y: 0 },
            { x: max, y: max },
          ],
          borderColor: theme.muted,
          backgroundColor: theme.muted,
          borderWidth: 2,
          pointRadius: 0,
        },
      ],
    },
    options: {
      locale: 'en-US',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, what), legend },
      scales: { x: shareAxis('said to leave within 30 days', scale), y: shareAxis('left', scale) },
    },
  };
}

function shareAxis(text: string, { max, stepSize }: { max: number; stepSize: number }) {
  return {
    type: 'linear',
    min: 0,
    // Room for the highest point, as in the panels.
    max: max + 0.3 * stepSize,
    border: { color: theme.grid },
    grid: { color: theme.grid, drawTicks: false },
    ticks: {
      color: theme.muted,
      padding: 8,
      stepSize,
      includeBounds: false,
      maxRotation: 0,
      font: font('tick'),
      format: { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: 1 },
    },
    title: { display: true, text, color: theme.muted, font: font('tick') },
  } as const;
}
