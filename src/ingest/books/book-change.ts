import type { CustomerBook } from '../../domain/customer-book.ts';
import type { FlowEntry } from '../../domain/flow-entries.ts';
import { type Amounts, flows, stocks } from '../../domain/measures.ts';
import type { StockEntry } from '../../domain/stock-entries.ts';

/** How the book of one customer is to be changed. */
export type BookChange = {
  customerId: string;
  gone: CustomerBook;
  come: CustomerBook;
  /** Of stocks, which are named whole above where any differ, those that do. */
  differing: { gone: readonly StockEntry[]; come: readonly StockEntry[] };
};

/**
 * The difference between the book that is kept and the one that follows from the facts. A flow stands for itself, so that only
 * those are named that differ; what shows of stocks at the ends of days depends on all of them, so that they are named whole
 * or not at all.
 */
export function bookChange(customerId: string, kept: CustomerBook, made: CustomerBook): BookChange {
  const flowDifference = difference(kept.flows, made.flows, flowText);
  const differing = difference(kept.stocks, made.stocks, stockText);
  const isSame = differing.gone.length === 0 && differing.come.length === 0;
  return {
    customerId,
    gone: { flows: flowDifference.gone, stocks: isSame ? [] : kept.stocks },
    come: { flows: flowDifference.come, stocks: isSame ? [] : made.stocks },
    differing,
  };
}

export function isNoChange({ gone, come }: BookChange): boolean {
  return [gone, come].every((book) => book.flows.length === 0 && book.stocks.length === 0);
}

function difference<Entry>(kept: readonly Entry[], made: readonly Entry[], textOf: (entry: Entry) => string) {
  const left = new Map(kept.map((entry) => [textOf(entry), entry]));
  const come = made.filter((entry) => !left.delete(textOf(entry)));
  return { gone: [...left.values()], come };
}

/** All of an entry, so that equal texts are equal entries. */
function flowText({ kind, sourceId, at, planId, currency, amounts, paidIn, cancelOption }: FlowEntry): string {
  return `${kind} ${sourceId} ${at} ${planId} ${currency} ${paidIn} ${cancelOption} ${amountsText(flows, amounts)}`;
}

function stockText({ scope, currency, at, amounts, involuntary, paidSince }: StockEntry): string {
  return `${scope} ${currency} ${at} ${involuntary} ${paidSince} ${amountsText(stocks, amounts)}`;
}

function amountsText<M extends string>(names: readonly M[], amounts: Amounts<M>): string {
  let text = '';
  for (const name of names) if (amounts[name] !== undefined) text += `${name} ${amounts[name]} `;
  return text;
}
