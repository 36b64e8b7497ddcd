import type { ChurnScan } from '../../domain/churn/scan.ts';
import type { Instant } from '../../domain/facts.ts';

/** What is learned from, as of when it is where that isn't now, and who is left out. */
export function scanNotes({ note, at, totals: { optedOut } }: ChurnScan, now: Instant): string[] {
  return [note, ...(at === now ? [] : [`Scored at ${new Date(at).toISOString()}.`]), ...optedOutNote(optedOut)];
}

function optedOutNote(count: number): string[] {
  if (count === 0) return [];
  const who = count === 1 ? '1 member has' : `${count} members have`;
  return [`${who} opted out: neither scored nor listed, and counted in sums alone.`];
}
