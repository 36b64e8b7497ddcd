import type { Report } from '../../reports/report.ts';
import { formatMoney } from '../format.ts';
import { outsideName } from '../outside-name.ts';
import { type Row, rowsOf } from './digest-values.ts';

const mostLines = 4;

/** What gained and lost most MRR: plans, and to staff alone also people. */
export function movementLines(report: Report, isStaff: boolean): string[] {
  const plans = rowsOf(report, 'plan_movements').slice(0, mostLines);
  const people = isStaff ? rowsOf(report, 'person_movements').slice(0, mostLines) : [];
  return [...plans.map((row) => movementLine(row.plan, row)), ...people.map((row) => movementLine(row.customer, row))];
}

function movementLine(name: Row[string] | undefined, { currency, mrr_change }: Row): string {
  const change = Number(mrr_change);
  const amount = formatMoney(Math.abs(change), String(currency));
  return `${change > 0 ? '▲' : '▼'} ${outsideName(String(name))}: ${change > 0 ? '+' : '−'}${amount}`;
}
