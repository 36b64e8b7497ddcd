import type { Instant } from '../facts.ts';

/** Somebody who brings customers, with Whop's own sums of all time. */
export type Affiliate = {
  id: string;
  userId: string | null;
  /** Null where Whop has told none, or the person had it removed. */
  name: string | null;
  referrals: number | null;
  usdRevenueMinor: number | null;
  /** When Whop was asked. */
  asOf: Instant;
};

export type AffiliateRow = Omit<Affiliate, 'id' | 'userId' | 'name'> & { affiliate: string };

/** By their name, else by Whop's id; those who opted out are told in one row together, the last. */
export function affiliateRows(all: readonly Affiliate[], optedOut: ReadonlySet<string>): AffiliateRow[] {
  const isUnlisted = ({ userId }: Affiliate) => userId !== null && optedOut.has(userId);
  const listed = all.filter((one) => !isUnlisted(one));
  const unlisted = all.filter(isUnlisted);
  return [
    ...listed.map(({ id, userId, name, ...sums }) => ({ affiliate: name ?? id, ...sums })),
    ...(unlisted.length === 0 ? [] : [{ affiliate: `opted out (${unlisted.length})`, ...together(unlisted) }]),
  ];
}

function together(some: readonly Affiliate[]): Omit<AffiliateRow, 'affiliate'> {
  return {
    referrals: sumOf(some.map(({ referrals }) => referrals)),
    usdRevenueMinor: sumOf(some.map(({ usdRevenueMinor }) => usdRevenueMinor)),
    asOf: Math.max(...some.map(({ asOf }) => asOf)),
  };
}

/** Null where one of them isn't known. */
function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
