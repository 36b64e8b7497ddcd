import type { Compared, NotCompared } from '../reports/compare-with-whop.ts';
import { comparisonSentence, figureNames } from './comparison-sentence.ts';
import { formatCount, formatValue } from './format.ts';
import { plainLine } from './plain-text.ts';

type RereadList = {
  resource: string;
  rowsRead: number;
  rowsUnread: number;
  rowsChanged: number;
  refusal: string | null;
};

type Reconciliation = { lists: readonly RereadList[]; compared: readonly (Compared | NotCompared)[] };

/** What was read again and how our figures compare with Whop's, a line each. */
export function reconciliationText({ lists, compared }: Reconciliation): string {
  return [...lists.map(listLine), ...compared.map(comparisonLine)].map((line) => `${plainLine(line)}\n`).join('');
}

function listLine({ resource, rowsRead, rowsUnread, rowsChanged, refusal }: RereadList): string {
  if (refusal !== null) return `Not read again, ${resource}: ${refusal}`;
  const rows = `${formatCount(rowsRead)} ${rowsRead === 1 ? 'row' : 'rows'} read again`;
  const unread = rowsUnread === 0 ? '' : `, ${formatCount(rowsUnread)} left out`;
  return `${resource}: ${rows}, ${rowsChanged === 0 ? 'nothing' : formatCount(rowsChanged)} new or changed${unread}`;
}

function comparisonLine(one: Compared | NotCompared): string {
  const name = figureNames[one.figure];
  if ('unavailable' in one) return `Not compared, ${name}: ${one.unavailable}.`;
  return (
    comparisonSentence(one) ?? `Whop and we say the same: ${name} ${formatValue(one.ours, one.unit, one.currency)}.`
  );
}
