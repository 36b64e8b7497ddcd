import type { Report } from '../../reports/report.ts';
import { countPanel, dayAxis, sharePanel } from './axes.ts';
import type { ChartConfig, Datasets } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { dayLabels } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { numberIn, shareIn, tableRows, textIn } from './report-values.ts';
import { theme } from './theme.ts';

type Weeks = ReturnType<typeof tableRows>;

/** What one member did week by week, when they were billed, and how the risk went. */
export function memberChart(report: Report): ChartConfig {
  const weeks = tableRows(report, 'weeks');
  const what = 'Activity and bills by week, and the risk of leaving';
  const told = weeks.some((week) =>
    [week.activities, week.bills_paid, week.bills_failed, week.probability].some(Boolean),
  );
  if (!told) return emptyChart(report, what, 'No activity and no bills yet');
  const activities = valuesOf(weeks, 'activities');
  const risks = weeks.map(({ probability }) => shareIn(probability));
  const hasRisk = risks.some((risk) => risk !== null);
  return {
    type: 'bar',
    data: {
      labels: dayLabels(weeks.map(({ week }) => textIn(week))),
      datasets: [...(hasRisk ? [riskLine(risks)] : []), ...billMarks(weeks), activityBars(activities)],
    },
    options: {
      locale: 'en-US',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, what), legend },
      // Panels are stacked from the bottom up.
      scales: {
        x: dayAxis,
        activities: countPanel({ values: activities.map((value) => value ?? 0), intervals: 4, color: theme.line }),
        bills: billPanel,
        ...(hasRisk
          ? { risk: sharePanel({ values: risks.map((risk) => risk ?? 0), intervals: 4, color: theme.people }) }
          : {}),
      },
    },
  };
}

function valuesOf(weeks: Weeks, key: string): (number | null)[] {
  return weeks.map((week) => numberIn(week[key]));
}

function riskLine(risks: (number | null)[]): Datasets[number] {
  return {
    type: 'line',
    label: 'risk',
    yAxisID: 'risk',
    data: risks,
    spanGaps: true,
    borderColor: theme.people,
    backgroundColor: theme.people,
    borderWidth: 3,
    pointRadius: 4,
    clip: 8,
  };
}

/** One place for all: how many bills a week had says less than when they were. */
function billMarks(weeks: Weeks): Datasets {
  const marks = [
    { key: 'bills_paid', label: 'bill paid', color: theme.movements.new, pointStyle: 'circle' },
    { key: 'bills_failed', label: 'bill failed', color: theme.movements.churn, pointStyle: 'crossRot' },
  ] as const;
  return marks.flatMap(({ key, label, color, pointStyle }): Datasets => {
    const data = valuesOf(weeks, key).map((count) => (count === null || count === 0 ? null : 1));
    if (data.every((mark) => mark === null)) return [];
    return [
      {
        type: 'line',
        label,
        yAxisID: 'bills',
        data,
        showLine: false,
        pointStyle,
        pointRadius: 6,
        pointBorderWidth: 3,
        borderColor: color,
        backgroundColor: color,
        clip: 8,
      },
    ];
  });
}

function activityBars(activities: (number | null)[]): Datasets[number] {
  return {
    type: 'bar',
    label: 'activities',
    yAxisID: 'activities',
    data: activities,
    backgroundColor: theme.line,
    maxBarThickness: 40,
    barPercentage: 0.9,
    categoryPercentage: 0.9,
  };
}

const billPanel = {
  type: 'linear',
  position: 'left',
  stack: 'panels',
  stackWeight: 0.6,
  min: 0,
  max: 2,
  border: { display: false },
  grid: { display: false },
  ticks: { display: false },
} as const;
