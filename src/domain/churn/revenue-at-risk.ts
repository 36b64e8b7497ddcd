import type { Sums } from '../figure-value.ts';
import type { OtherMrr } from './scan.ts';
import type { MemberRisk } from './score.ts';

type Risk = Pick<MemberRisk, 'probability' | 'band'> & { mrrMinor: number; otherMrr: OtherMrr };

export type RevenueAtRisk = {
  /** MRR of those whose risk is high: what is in question, not what will be lost. */
  highBand: Sums;
  /** Σ probability × MRR: what is lost on the average. */
  expectedLoss: Sums;
};

/** @param currency what `mrrMinor` is in */
export function revenueAtRisk(members: readonly Risk[], currency: string): RevenueAtRisk {
  const [highBand, expected] = [new Map<string, number>(), new Map<string, number>()];
  for (const { probability, band, mrrMinor, otherMrr } of members) {
    for (const [code, minor] of [[currency, mrrMinor] as const, ...Object.entries(otherMrr)]) {
      expected.set(code, (expected.get(code) ?? 0) + probability * minor);
      if (band === 'high') highBand.set(code, (highBand.get(code) ?? 0) + minor);
    }
  }
  return { highBand, expectedLoss: new Map([...expected].map(([code, sum]) => [code, Math.round(sum)])) };
}
