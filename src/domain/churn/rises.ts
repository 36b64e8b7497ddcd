import type { ScoredMember } from './scan.ts';

/** Why somebody should be told of a member whose risk is high. */
export type Rise = 'high band' | 'new reason';

type Known = Pick<ScoredMember, 'memberId' | 'band' | 'reasons'>;

/** Of whom a scan says something that the one before didn't, by member; nothing of the first scan, which has none before. */
export function risesSince(before: readonly Known[] | null, after: readonly Known[]): Map<string, Rise> {
  const known = new Map(before?.map((member) => [member.memberId, member]));
  const rises = new Map<string, Rise>();
  if (before === null) return rises;
  for (const { memberId, band, reasons } of after) {
    const earlier = known.get(memberId);
    if (band !== 'high') continue;
    if (earlier?.band !== 'high') rises.set(memberId, 'high band');
    else if (!isSubset(reasons.map(kindOf), earlier.reasons.map(kindOf))) rises.set(memberId, 'new reason');
  }
  return rises;
}

const window = /in the last \d+ days|in the \d+ days seen so far|on the one day seen so far/;

/** A reason without its numbers and the time that they are of, which change from day to day. */
function kindOf(reason: string): string {
  return reason
    .replace(window, '')
    .replace(/\d[\d,.]*/g, '')
    .replace(/\b(activit)(?:y|ies)\b|\b(\w{3,})s\b/g, '$1$2');
}

function isSubset(some: readonly string[], all: readonly string[]): boolean {
  return some.every((one) => all.includes(one));
}
