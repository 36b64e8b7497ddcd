import type { Stretch } from './calendar.ts';
import type { Instant } from './facts.ts';
import type { ByCurrency, DayFlow, Flow, KeptMeasure, Stock } from './measures.ts';

/** What the entries of one scope add up to over one stretch of time: all that its figures are worked out from. */
export type StretchSums = {
  /** What stood just before the start. */
  opening: ByCurrency<Stock>;
  /** What stands as at `asOf`. */
  closing: ByCurrency<Stock>;
  flows: ByCurrency<Flow | DayFlow>;
  /** What became of those who were there just before the start. */
  kept: ByCurrency<KeptMeasure>;
};

export const noSums: StretchSums = { opening: new Map(), closing: new Map(), flows: new Map(), kept: new Map() };

/** One stretch of one scope, with what its figures depend on beside its sums. */
export type View = {
  stretch: Stretch;
  sums: StretchSums;
  /** The reporting currency; money figures are in it. */
  currency: string;
  /** The clock of the question. */
  now: Instant;
  /** When Whop's newest word on any membership was true; null where there is none. */
  membershipsAsOf: Instant | null;
  /** Customer churn rates of the last complete months before `asOf` that had customers at their start. */
  monthlyChurnRates: readonly number[];
};

/** A money measure by currency; currencies in which it is 0 are left out. */
export function byCurrency<M extends string>(sums: ByCurrency<M>, measure: M): Map<string, number> {
  const amounts = [...sums].map(([currency, amounts]) => [currency, amounts[measure] ?? 0] as const);
  return new Map(amounts.filter(([, amount]) => amount !== 0));
}

/** A count over all currencies. */
export function countOf<M extends string>(sums: ByCurrency<M>, measure: M): number {
  let count = 0;
  for (const amounts of sums.values()) count += amounts[measure] ?? 0;
  return count;
}

/** A count of people, each once, whatever they pay in. */
export function peopleOf<M extends string>(sums: ByCurrency<M>, measure: M): number {
  return amountIn(sums, '', measure);
}

export function amountIn<M extends string>(sums: ByCurrency<M>, currency: string, measure: M): number {
  return sums.get(currency)?.[measure] ?? 0;
}
