import { dayOf } from '../../domain/calendar.ts';
import type { Report } from '../../reports/report.ts';
import { formatMoney } from '../format.ts';
import { barList } from './bar-list.ts';
import type { ChartConfig } from './chart-config.ts';
import { shortName } from './chart-parts.ts';
import { dayRange } from './day-labels.ts';
import { emptyChart } from './empty-chart.ts';
import { numberIn, tableRows, textIn } from './report-values.ts';
import { theme } from './theme.ts';

const mostCodes = 8;
const longestCode = 14;

/** What came in with each promo code, the most on top; what can't be converted isn't drawn. */
export function marketingChart(report: Report): ChartConfig {
  const what = `Gross revenue by promo code · ${daysIn(report)}`;
  const rows = tableRows(report, 'promo_codes').filter(({ currency }) => currency === report.currency);
  if (rows.length === 0) return emptyChart(report, what, 'No payments with a promo code yet');
  const bars = rows.slice(0, mostCodes).map((row) => {
    const value = numberIn(row.gross_revenue) ?? 0;
    const text = formatMoney(value, report.currency);
    return { name: shortName(textIn(row.code), longestCode), color: theme.line, value, text };
  });
  return barList(report, what, bars);
}

function daysIn({ period, timeZone }: Report): string {
  return dayRange(dayOf(Date.parse(period.start), timeZone), dayOf(Date.parse(period.end) - 1, timeZone));
}
