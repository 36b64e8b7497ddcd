import { isDeepStrictEqual } from 'node:util';
import type { CustomerBook } from '../../domain/customer-book.ts';
import type { FlowEntry } from '../../domain/flow-entries.ts';
import type { StockEntry } from '../../domain/stock-entries.ts';

/** How the book of one customer is to be changed. */
export type BookChange = { customerId: string; gone: CustomerBook; come: CustomerBook };

/**
 * The difference between the book that is kept and the one that follows from the facts. A flow stands for itself, so that only
 * those are named that differ; what shows of stocks at the ends of days depends on all of them, so that they are named whole
 * or not at all.
 */
export function bookChange(customerId: string, kept: CustomerBook, made: CustomerBook): BookChange {
  const sameStocks = isDeepStrictEqual(kept.stocks, made.stocks);
  return {
    customerId,
    gone: { flows: without(kept.flows, made.flows), stocks: sameStocks ? [] : kept.stocks },
    come: { flows: without(made.flows, kept.flows), stocks: sameStocks ? [] : made.stocks },
  };
}

function without(flows: readonly FlowEntry[], others: readonly FlowEntry[]): FlowEntry[] {
  const known = new Map(others.map((other) => [keyOf(other), other]));
  return flows.filter((flow) => !isDeepStrictEqual(known.get(keyOf(flow)), flow));
}

function keyOf({ kind, sourceId, at, planId }: FlowEntry): string {
  return `${kind} ${sourceId} ${at} ${planId}`;
}

export function isNoChange({ gone, come }: BookChange): boolean {
  return [gone, come].every(({ flows, stocks }) => flows.length === 0 && stocks.length === 0);
}

/** Of stocks that are named whole, those that really differ. */
export function differingStocks({ gone, come }: BookChange): { gone: StockEntry[]; come: StockEntry[] } {
  const missing = (entries: readonly StockEntry[], others: readonly StockEntry[]) =>
    entries.filter((entry) => !others.some((other) => isDeepStrictEqual(entry, other)));
  return { gone: missing(gone.stocks, come.stocks), come: missing(come.stocks, gone.stocks) };
}
