import type { Value } from '../domain/figure-value.ts';
import type { ByCurrency, Flow } from '../domain/measures.ts';
import { countOf } from '../domain/sums.ts';
import type { Figure } from './report.ts';

/** What is left out of the sums, or stands beside them, and why. */
export function moneyNotes(everything: ByCurrency<Flow>, figures: readonly Figure[], currency: string): string[] {
  return [...unsummedNotes(everything), ...unconvertedNote(figures, currency)];
}

export function unsummedNotes(everything: ByCurrency<Flow>): string[] {
  return [
    ...unknownTermNote(countOf(everything, 'payments_of_unknown_term')),
    ...unknownAmountNote(countOf(everything, 'payments_of_unknown_amount')),
  ];
}

export function unknownTermNote(payments: number): string[] {
  if (payments === 0) return [];
  const count = payments === 1 ? '1 payment is' : `${payments} payments are`;
  return [`${count} not part of MRR: Whop has not told how often their plan renews. Cash figures include them.`];
}

export function unconvertedNote(figures: readonly Figure[], currency: string): string[] {
  const others = figures.flatMap(({ otherCurrencies = [] }) => otherCurrencies.map((other) => other.currency));
  return otherCurrenciesNote(others, currency);
}

/** @param all of amounts that are shown, the reporting currency or not */
export function otherCurrenciesNote(all: readonly string[], currency: string): string[] {
  const others = new Set(all.filter((one) => one !== currency));
  if (others.size === 0) return [];
  const names = [...others].sort().join(', ');
  return [`Amounts in ${names} stand on lines of their own: Whop gave no rate that turns them into ${currency}.`];
}

export function unknownAmountNote(payments: number): string[] {
  if (payments === 0) return [];
  const count = payments === 1 ? '1 payment is' : `${payments} payments are`;
  return [`${count} counted but in no sum: Whop told no amount or no currency.`];
}

/** Whop's own limit: above it a company may lose its payments. */
const disputeLimit = 0.02;

export function disputeNote({ value }: Value): string[] {
  if (value === null || value < disputeLimit) return [];
  return [
    'The dispute rate is at or above 2%, the limit that Whop sets: answer open disputes and refund before they come.',
  ];
}
