import type { Report } from '../../reports/report.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { emptyChart } from './empty-chart.ts';
import { tableRows } from './report-values.ts';
import { confidenceBand, type Survival, stepLine, survivalCurve } from './survival-curve.ts';
import { font, theme } from './theme.ts';

const what = 'Customers still paying';

/** The share of customers still paying by days since their first payment, with the band of its 95 % interval. */
export function retentionChart(report: Report): ChartConfig {
  const curve = survivalCurve(tableRows(report, 'survival'));
  const lastDay = curve.at(-1)?.days ?? 0;
  if (lastDay === 0) return emptyChart(report, what, 'No customer has left yet');
  return {
    type: 'line',
    data: { datasets: [stepLine(curve, legendLabel(curve)), confidenceBand(curve)] },
    options: {
      locale: 'en-US',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, what), legend },
      scales: { x: daysAxis(lastDay), y: shareAxis },
    },
  };
}

const percent = new Intl.NumberFormat('en-US', { style: 'percent' });
const landmarks = [30, 90, 365];

/** Where the curve stands after a month, a quarter and a year, as far as it goes. */
function legendLabel(curve: Survival[]): string {
  const lastDay = curve.at(-1)?.days ?? 0;
  const reached = landmarks
    .filter((day) => day <= lastDay)
    .map((day) => {
      const survival = curve.findLast(({ days }) => days <= day)?.survival ?? 1;
      return `${percent.format(survival)} after ${day} d`;
    });
  return reached.length > 0 ? reached.join(', ') : 'still paying';
}

const daySteps = [1, 2, 5, 7, 14, 30, 60, 90, 180];
const mostSteps = 7;

function daysAxis(lastDay: number) {
  const stepSize = daySteps.find((step) => lastDay / step <= mostSteps) ?? 365 * Math.ceil(lastDay / 365 / mostSteps);
  return {
    type: 'linear',
    min: 0,
    max: lastDay,
    border: { color: theme.grid },
    grid: { display: false },
    ticks: { color: theme.muted, stepSize, includeBounds: false, maxRotation: 0, font: font('tick') },
    title: { display: true, text: 'days since first payment', color: theme.muted, font: font('tick') },
  } as const;
}

const wholePercent = { style: 'percent', minimumFractionDigits: 0, maximumFractionDigits: 0 } as const;

const shareAxis = {
  type: 'linear',
  min: 0,
  // Room for the highest label, as in the panels.
  max: 1.12,
  border: { display: false },
  grid: { color: theme.grid, drawTicks: false },
  ticks: {
    color: theme.line,
    padding: 8,
    stepSize: 0.25,
    includeBounds: false,
    font: font('tick'),
    format: wholePercent,
  },
} as const;
