import { minorDigits, toMajor } from '../domain/money.ts';
import type { Figure, Report } from '../reports/report.ts';

/** One language and one notation for everybody: figures are compared between people and pasted into sheets. */
const locale = 'en-US';

/** An amount with its currency, exact to the minor unit: `$1,234.56`, or `USD 1,234.56` beside other currencies. */
export function formatMoney(
  amountMinor: number,
  currency: string,
  currencyDisplay: 'symbol' | 'code' = 'symbol',
): string {
  const digits = minorDigits(currency);
  const amount = toMajor(amountMinor, currency);
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  // Intl knows three-letter codes only; Whop's digital money has longer ones.
  const known = /^[A-Z]{3}$/.test(currency);
  const text = known
    ? new Intl.NumberFormat(locale, { ...options, style: 'currency', currency, currencyDisplay }).format(amount)
    : `${currency} ${new Intl.NumberFormat(locale, options).format(amount)}`;
  return text.replaceAll('\u00a0', ' ');
}

export function formatCount(count: number): string {
  return new Intl.NumberFormat(locale).format(count);
}

function formatPercent(ratio: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    ratio,
  );
}

/** A value of a report in its unit; money in the given currency. */
export function formatValue(value: number, unit: string, currency: string): string {
  if (unit === 'money') return formatMoney(value, currency);
  if (unit === 'ratio') return formatPercent(value);
  return unit === 'number' ? formatNumber(value) : formatCount(value);
}

/** Below 1 the third digit may be what matters. */
function formatNumber(value: number): string {
  const short = String(Number(value.toPrecision(3)));
  return Math.abs(value) < 1 && short.length > value.toFixed(1).length ? short : value.toFixed(1);
}

/** A figure's value, each other currency beside it, or why there is none. */
export function formatFigure(figure: Figure, currency: string): string {
  const { value, unit, otherCurrencies = [] } = figure;
  if (value === null) return `not available: ${figure.unavailable ?? 'not known'}`;
  if (otherCurrencies.length === 0) return formatValue(value, unit, currency);
  const amounts = [{ currency, amount: value }, ...otherCurrencies];
  return amounts.map((one) => formatMoney(one.amount, one.currency, 'code')).join(' · ');
}

/** What is less is shown as 0.0. */
const leastShown = 0.0005;

/** How a figure moved since the period before: in percent, or for ratios in points; '' where there is nothing to compare. */
export function formatChange({ value, previous, unit }: Figure): string {
  if (value === null || previous === null) return '';
  if (value === previous) return 'unchanged';
  const arrow = value > previous ? '▲' : '▼';
  const difference = Math.abs(value - previous);
  const share = unit === 'ratio' ? difference : difference / Math.abs(previous);
  if (share < leastShown) return 'hardly changed';
  if (unit === 'ratio') return `${arrow} ${(difference * 100).toFixed(1)} points`;
  return previous === 0 ? `${arrow} from 0` : `${arrow} ${formatPercent(share)}`;
}

const periodWords: Readonly<Record<string, string>> = {
  week: 'Last complete week',
  month: 'Last complete month',
  'next 30d': 'Next 30 days',
  'learned from': 'Learned from',
  'weeks shown': 'Weeks shown',
};

/** The window in words: `Last 30 days: Oct 25 – Nov 23, 2026 (Europe/Berlin)`. */
export function formatPeriod({ period, timeZone }: Report): string {
  const words = periodWords[period.name] ?? `Last ${Number.parseInt(period.name, 10)} days`;
  const format = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' });
  // The end is the first instant that no longer belongs to the period.
  const days = format.formatRange(new Date(period.start), new Date(Date.parse(period.end) - 1));
  return `${words}: ${days.replaceAll(/\s*–\s*/g, ' – ')} (${timeZone})`;
}

/** A local day as people write it: `Tue, Nov 24`. */
export function formatDay(day: string): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });
  return format.format(Date.parse(day));
}

/** What a report's figures are compared with, where that is anything. */
export function formatComparison({ previous, figures }: Pick<Report, 'previous' | 'figures'>): string {
  return previous === null || figures.length === 0 ? '' : 'compared with the same stretch before';
}

/** When a report was made: `Nov 23, 2026, 14:05`, in the company's zone. */
export function formatAsOf({ asOf, timeZone }: Pick<Report, 'asOf' | 'timeZone'>): string {
  return formatTime(new Date(asOf), timeZone);
}

function formatTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(at);
}
