import { digestMovements } from '../../domain/digest.ts';
import type { Report } from '../../reports/report.ts';
import { formatMoney } from '../format.ts';
import { outsideName } from '../outside-name.ts';
import { byFigure, type Row, rowsOf, signed } from './digest-values.ts';

/** Of gains, and of losses. */
const mostLines = 3;

/** The plans that gained and lost most. */
export function planLines(report: Report): string[] {
  return extremes(rowsOf(report, 'plan_movements')).map((row) => movementLine(row.plan, row));
}

/** Who gained and lost most. For staff alone. */
export function personLines(report: Report): string[] {
  return extremes(rowsOf(report, 'person_movements')).map((row) => movementLine(row.customer, row));
}

const words: Readonly<Record<(typeof digestMovements)[number], string>> = {
  new_mrr: 'new',
  expansion_mrr: 'expanded',
  reactivation_mrr: 'came back',
  contraction_mrr: 'contracted',
  churn_mrr: 'churned',
};
const losses: ReadonlySet<string> = new Set(['contraction_mrr', 'churn_mrr']);

/** How the MRR of the week before became that of the week, in the reporting currency. */
export function bridgeLine(report: Report): string[] {
  const parts = digestMovements.flatMap((key) => {
    const amount = byFigure(report, key)[0]?.value ?? 0;
    const change = losses.has(key) ? -amount : amount;
    return amount === 0 ? [] : [`${signed(change, (one) => formatMoney(one, report.currency))} ${words[key]}`];
  });
  return parts.length === 0 ? [] : [`${parts.join(' · ')}.`];
}

function extremes(rows: readonly Row[]): Row[] {
  const gains = rows.filter(({ mrr_change }) => Number(mrr_change) > 0).slice(0, mostLines);
  const lost = rows.filter(({ mrr_change }) => Number(mrr_change) < 0).slice(0, mostLines);
  return [...gains, ...lost];
}

function movementLine(name: Row[string] | undefined, { currency, mrr_change }: Row): string {
  const change = Number(mrr_change);
  const amount = signed(change, (one) => formatMoney(one, String(currency)));
  return `${change > 0 ? '▲' : '▼'} ${outsideName(String(name), 40)} ${amount}`;
}
