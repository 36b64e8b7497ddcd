import { toMajor } from '../../domain/money.ts';
import type { Report } from '../../reports/report.ts';
import { formatCount } from '../format.ts';
import { countPanel, dayAxis, moneyPanel } from './axes.ts';
import type { ChartConfig } from './chart-config.ts';
import { layout, legend, subtitle, title } from './chart-parts.ts';
import { dayLabels } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { shortMoney } from './money-label.ts';
import { numberIn, tableRows, textIn } from './report-values.ts';
import { stockArea } from './stock-area.ts';
import { theme } from './theme.ts';

const what = 'MRR and members at the end of each week';

/** MRR above members, week by week, each in a panel with an axis of its own from zero. */
export function digestChart(report: Report): ChartConfig {
  const { currency } = report;
  const weeks = tableRows(report, 'weeks')
    .filter(({ members }) => numberIn(members) !== null)
    .toReversed();
  const values = (key: string) => weeks.map(({ [key]: cell }) => numberIn(cell) ?? 0);
  const [mrr, members] = [values('mrr').map((amount) => toMajor(amount, currency)), values('members')];
  if (![...mrr, ...members].some((value) => value > 0)) {
    return emptyChart(report, what, 'No members and no payments in any whole week yet');
  }
  const mrrLabel = `MRR ${shortMoney(mrr.at(-1) ?? 0, currency)}`;
  const membersLabel = `Members ${formatCount(members.at(-1) ?? 0)}`;
  return {
    type: 'line',
    data: {
      labels: dayLabels(weeks.map(({ week }) => textIn(week))),
      datasets: [
        stockArea({ label: mrrLabel, values: mrr, axis: 'mrr', look: 'money' }),
        stockArea({ label: membersLabel, values: members, axis: 'members', look: 'people' }),
      ],
    },
    options: {
      locale: 'en-US',
      layout,
      plugins: { title: title(report), subtitle: subtitle(report, `${what}, by its first day`), legend },
      // Panels are stacked from the bottom up.
      scales: {
        x: dayAxis,
        members: countPanel({ values: members, intervals: 3, color: theme.people }),
        mrr: moneyPanel({ values: mrr, intervals: 4, color: theme.line }, currency),
      },
    },
  };
}
