import type { MemberRisk } from './score.ts';

type Risk = Pick<MemberRisk, 'probability' | 'band'> & { mrrMinor: number };

/** In minor units of the one currency that the members' MRR is in. */
export type RevenueAtRisk = {
  /** MRR of those whose risk is high: what is in question, not what will be lost. */
  highBandMinor: number;
  /** Σ probability × MRR: what is lost on the average. */
  expectedLossMinor: number;
};

export function revenueAtRisk(members: readonly Risk[]): RevenueAtRisk {
  const high = members.filter(({ band }) => band === 'high');
  const expected = members.reduce((sum, { probability, mrrMinor }) => sum + probability * mrrMinor, 0);
  return {
    highBandMinor: high.reduce((sum, { mrrMinor }) => sum + mrrMinor, 0),
    expectedLossMinor: Math.round(expected),
  };
}
