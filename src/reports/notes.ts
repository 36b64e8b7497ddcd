import type { Books } from '../domain/books.ts';
import { type CompanyFacts, paymentsOfUnknownTerm } from '../domain/company.ts';

export function emptyNote({ payments, memberships }: CompanyFacts): string[] {
  const empty = payments.length === 0 && memberships.length === 0;
  return empty ? ['Nothing has arrived from Whop for this company yet, so every figure is of nothing.'] : [];
}

export function unknownTermNote(facts: CompanyFacts): string[] {
  const payments = paymentsOfUnknownTerm(facts);
  if (payments.length === 0) return [];
  const count = payments.length === 1 ? '1 payment is' : `${payments.length} payments are`;
  return [`${count} not part of MRR: Whop has not told how often their plan renews. Cash figures include them.`];
}

export function unconvertedNote({ entries, currency }: Books): string[] {
  const others = new Set(entries.flatMap((entry) => entry.currency ?? []));
  others.delete(currency);
  if (others.size === 0) return [];
  const names = [...others].sort().join(', ');
  return [`Amounts in ${names} stand on lines of their own: Whop gave no rate that turns them into ${currency}.`];
}
