import { type CompanyFacts, paymentsOfUnknownTerm } from '../domain/company.ts';
import type { Value } from '../domain/figure-value.ts';
import { succeeded, totalOf } from '../domain/pricing.ts';
import type { Figure } from './report.ts';

export function emptyNote({ payments, memberships }: CompanyFacts): string[] {
  const empty = payments.length === 0 && memberships.length === 0;
  return empty ? ['Nothing has arrived from Whop for this company yet, so every figure is of nothing.'] : [];
}

/** What is left out of the sums, or stands beside them, and why. */
export function moneyNotes(facts: CompanyFacts, figures: readonly Figure[], currency: string): string[] {
  return [...unknownTermNote(facts), ...unknownAmountNote(facts), ...unconvertedNote(figures, currency)];
}

function unknownTermNote(facts: CompanyFacts): string[] {
  const payments = paymentsOfUnknownTerm(facts);
  if (payments.length === 0) return [];
  const count = payments.length === 1 ? '1 payment is' : `${payments.length} payments are`;
  return [`${count} not part of MRR: Whop has not told how often their plan renews. Cash figures include them.`];
}

function unconvertedNote(figures: readonly Figure[], currency: string): string[] {
  const others = new Set(figures.flatMap(({ otherCurrencies = [] }) => otherCurrencies.map((other) => other.currency)));
  if (others.size === 0) return [];
  const names = [...others].sort().join(', ');
  return [`Amounts in ${names} stand on lines of their own: Whop gave no rate that turns them into ${currency}.`];
}

function unknownAmountNote({ payments }: CompanyFacts): string[] {
  const unknown = payments.filter(
    (payment) => succeeded(payment) && (totalOf(payment) === null || payment.currency === null),
  );
  if (unknown.length === 0) return [];
  const count = unknown.length === 1 ? '1 payment is' : `${unknown.length} payments are`;
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
