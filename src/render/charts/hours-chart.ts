import type { Report } from '../../reports/report.ts';
import { formatCount } from '../format.ts';
import { textAxis } from './axes.ts';
import type { ChartConfig, Datasets } from './chart-config.ts';
import { layout, subtitle, title } from './chart-parts.ts';
import { emptyChart } from './empty-chart.ts';
import { heat } from './heat.ts';
import { numberIn, tableRows } from './report-values.ts';
import { theme } from './theme.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const hoursOfDay = Array.from({ length: 24 }, (_, hour) => hour);
/** A label at each hour would leave no room between them. */
const hoursPerLabel = 3;

/** Messages of each weekday, Monday first, by hour. */
type Week = readonly (readonly number[])[];

/** When people write: a row of cells for each weekday, as in the chart of cohorts, the lighter the more messages. */
export function hoursChart(report: Report): ChartConfig {
  const week = weekOf(report);
  const most = Math.max(...week.flat());
  if (most === 0) return emptyChart(report, 'When people write', 'No messages yet');
  return {
    type: 'bar',
    data: { labels: weekdays, datasets: hoursOfDay.map((hour) => column(week, hour, most)) },
    options: {
      locale: 'en-US',
      indexAxis: 'y',
      layout,
      plugins: {
        title: title(report),
        subtitle: subtitle(report, `Messages, most ${busiest(week, most)}`),
        legend: { display: false },
      },
      scales: {
        y: textAxis(weekdays, theme.text),
        x: { type: 'linear', stacked: true, min: 0, max: hoursOfDay.length, display: false },
        hours: { ...textAxis(hoursOfDay.map(hourLabel), theme.muted), axis: 'x', position: 'top' },
      },
    },
  };
}

function weekOf(report: Report): Week {
  const week = weekdays.map(() => hoursOfDay.map(() => 0));
  for (const row of tableRows(report, 'hours')) {
    const day = week[(numberIn(row.weekday) ?? 0) - 1];
    if (day !== undefined) day[numberIn(row.hour) ?? 0] = numberIn(row.messages) ?? 0;
  }
  return week;
}

function column(week: Week, hour: number, most: number): Datasets[number] {
  return {
    type: 'bar',
    label: clock(hour),
    xAxisID: 'x',
    yAxisID: 'y',
    stack: 'cells',
    data: weekdays.map(() => 1),
    backgroundColor: week.map((day) => heat((day[hour] ?? 0) / most).cell),
    borderColor: theme.background,
    borderWidth: 1,
    borderSkipped: false,
    barPercentage: 1,
    categoryPercentage: 1,
  };
}

/** Tue 20:00 (1,204) */
function busiest(week: Week, most: number): string {
  const day = week.findIndex((hours) => hours.includes(most));
  return `${weekdays[day]} ${clock(week[day]?.indexOf(most) ?? 0)} (${formatCount(most)})`;
}

function hourLabel(hour: number): string {
  return hour % hoursPerLabel === 0 ? String(hour) : '';
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
