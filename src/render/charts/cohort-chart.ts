import type { Report } from '../../reports/report.ts';
import { textAxis } from './axes.ts';
import type { ChartConfig, Datasets } from './chart-config.ts';
import { layout, subtitle, title } from './chart-parts.ts';
import { type Cohort, newestCohorts } from './cohorts.ts';
import { monthLabel } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { heat } from './heat.ts';
import { tableRows } from './report-values.ts';
import { theme } from './theme.ts';

const most = { cohorts: 8, months: 12 };
const fewestColumns = 4;
const what = '% still paying, by first month and months since';

/**
 * A heat map of Chart.js's own parts: bars of equal length beside each other are a row of cells, and the labels of an
 * axis through the middle of the row are the figures in them.
 */
export function cohortChart(report: Report): ChartConfig {
  const cohorts = newestCohorts(tableRows(report, 'cohorts'), most);
  if (cohorts.length === 0) return emptyChart(report, 'Cohorts', 'No paying customers yet');
  const columns = Math.max(fewestColumns, ...cohorts.map(({ retained }) => retained.length));
  const months = Array.from({ length: columns }, (_, month) => month);
  const labels = cohorts.map(({ month, size }) => `${monthLabel(`${month}-01`)} (${size})`);
  return {
    type: 'bar',
    data: { labels, datasets: months.map((month) => column(cohorts, month)) },
    options: {
      locale: 'en-US',
      indexAxis: 'y',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, what), legend: { display: false } },
      scales: {
        y: textAxis(labels, theme.text),
        x: { type: 'linear', stacked: true, min: 0, max: columns, display: false },
        months: { ...textAxis(months.map(String), theme.muted), axis: 'x', position: 'top' },
        ...Object.fromEntries(cohorts.map((cohort, row) => [`row${row}`, writtenRow(cohort, row, columns)])),
      },
    },
  };
}

function column(cohorts: Cohort[], month: number): Datasets[number] {
  return {
    type: 'bar',
    label: `Month ${month}`,
    xAxisID: 'x',
    yAxisID: 'y',
    stack: 'cells',
    data: cohorts.map(({ retained }) => (month < retained.length ? 1 : null)),
    backgroundColor: cohorts.map(({ retained }) => heat(retained[month] ?? null).cell),
    borderColor: theme.background,
    borderWidth: 2,
    borderSkipped: false,
    barPercentage: 1,
    categoryPercentage: 1,
  };
}

/** Labels hang below their axis by half a line. */
const halfLine = 10;

function writtenRow({ retained }: Cohort, row: number, columns: number) {
  const shares = Array.from({ length: columns }, (_, month) => retained[month] ?? null);
  const axis = textAxis(
    shares.map((share) => (share === null ? '' : String(Math.round(share * 100)))),
    shares.map((share) => heat(share).text),
  );
  return { ...axis, axis: 'x', position: { y: row }, ticks: { ...axis.ticks, z: 1, padding: -halfLine } } as const;
}
