import { type CustomerNews, changeKey, factIn, sightingKey } from '../../domain/customer-news.ts';
import type { Fact, MembershipChange, StatusSighting } from '../../domain/facts.ts';
import type { OwnedKind } from '../assign-customers.ts';
import type { Merged } from '../merge-snapshots.ts';

type OfCompany<T> = T & { companyId: string };

/** What has become known, of any company. */
export type News = {
  merged: readonly Merged[];
  changes: readonly OfCompany<MembershipChange>[];
  sightings: readonly OfCompany<StatusSighting>[];
};

export function newsOf(companyId: string, { merged, changes, sightings }: News): CustomerNews {
  const own = merged.filter((one) => one.companyId === companyId);
  return {
    memberships: before(own, 'membership'),
    payments: before(own, 'payment'),
    refunds: before(own, 'refund'),
    disputes: before(own, 'dispute'),
    changes: new Set(changes.filter((one) => one.companyId === companyId).map(changeKey)),
    sightings: new Set(sightings.filter((one) => one.companyId === companyId).map(sightingKey)),
  };
}

function before<K extends OwnedKind>(merged: readonly Merged[], kind: K): Map<string, Fact<K> | null> {
  return new Map(
    merged
      .filter((one) => one.kind === kind)
      .map(({ id, before }) => [id, before === null ? null : factIn<K>({ id, values: before.values })]),
  );
}
