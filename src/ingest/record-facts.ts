import type { PoolClient } from 'pg';
import type { CompanySettings } from '../domain/company.ts';
import { type Fact, isTimed, type MembershipChange, type Snapshot, type StatusSighting } from '../domain/facts.ts';
import type { FactRow } from '../domain/merge.ts';
import { assignCustomers, type Key, type OwnedKind, type Touched } from './assign-customers.ts';
import { keepBooks } from './books/keep-books.ts';
import { type Merged, mergeSnapshots } from './merge-snapshots.ts';
import { insertingNew } from './rows.ts';

/** What is to be known from now on. */
export type Told = {
  snapshots: readonly Snapshot[];
  changes: readonly (MembershipChange & { companyId: string })[];
};

/**
 * Writes facts, and the books that follow from them, and answers with what has changed. The caller holds the lock of their
 * companies.
 * @param defaults for companies that have set nothing themselves
 */
export async function recordFacts(client: PoolClient, told: Told, defaults: CompanySettings): Promise<Merged[]> {
  const [merged, changes, sightings] = await Promise.all([
    mergeSnapshots(client, told.snapshots),
    insertChanges(client, told.changes.map(changeRow)),
    insertStatuses(client, told.snapshots.flatMap(statusRows)),
  ]);
  const customers = await assignCustomers(client, touchedBy(told, merged));
  const news = { merged, changes: changes.map(changeIn), sightings: sightings.map(sightingIn) };
  await keepBooks(client, { customers, news }, defaults);
  return merged;
}

function touchedBy({ snapshots, changes }: Told, merged: readonly Merged[]): Touched {
  const seen = snapshots.filter(({ kind }) => kind === 'membership').map(keyOf);
  const moved = (kind: OwnedKind) => merged.filter((one) => one.kind === kind && mayHaveMoved(one)).map(keyOf);
  const stayed = (kind: OwnedKind) => merged.filter((one) => one.kind === kind && !mayHaveMoved(one)).map(keyOf);
  return {
    moved: {
      membership: [...moved('membership'), ...merged.flatMap(leftMembership)],
      payment: moved('payment'),
      refund: moved('refund'),
      dispute: moved('dispute'),
    },
    stayed: {
      membership: [...seen, ...changes.map(({ companyId, membershipId: id }) => ({ companyId, id }))],
      payment: stayed('payment'),
      refund: stayed('refund'),
      dispute: stayed('dispute'),
    },
    left: merged.filter((one) => leftMembership(one).length > 0).map(keyOf),
    plan: merged.filter(({ kind, before, after }) => kind === 'plan' && hasNewTerms(before, after)).map(keyOf),
  };
}

/** Whose a fact is follows from what it refers to; and a membership of another plan may be that of payments that name none. */
function mayHaveMoved({ kind, before, after }: Merged): boolean {
  const references = ['userId', 'membershipId', 'paymentId', ...(kind === 'membership' ? ['planId'] : [])];
  return before === null || references.some((field) => before.values[field] !== after.values[field]);
}

/** The membership that a payment was of, as far as was known, and isn't: it may have been this payment that told whose it is. */
function leftMembership({ kind, companyId, before, after }: Merged): Key[] {
  const id = kind === 'payment' ? before?.values.membershipId : null;
  return typeof id === 'string' && id !== after.values.membershipId ? [{ companyId, id }] : [];
}

function keyOf({ companyId, id }: Key): Key {
  return { companyId, id };
}

const terms: readonly (keyof Fact<'plan'>)[] = [
  'planType',
  'billingPeriodDays',
  'trialPeriodDays',
  'currency',
  'initialPriceMinor',
  'renewalPriceMinor',
];

/** Whether customers of a plan are to be judged anew. */
function hasNewTerms(before: FactRow | null, after: FactRow): boolean {
  return terms.some((term) => (before?.values[term] ?? null) !== (after.values[term] ?? null));
}

type Happened = { company_id: string; membership_id: string; at: Date };
type ChangeRow = Happened & Pick<MembershipChange, 'change'>;
type StatusRow = Happened & Pick<StatusSighting, 'status'>;

const insertChanges = insertingNew<ChangeRow>('membership_change', [
  { name: 'company_id', type: 'text' },
  { name: 'membership_id', type: 'text' },
  { name: 'change', type: 'text' },
  { name: 'at', type: 'timestamptz' },
]);

function changeRow({ companyId, membershipId, change, at }: Told['changes'][number]): ChangeRow {
  return { company_id: companyId, membership_id: membershipId, change, at: new Date(at) };
}

function changeIn({ company_id: companyId, membership_id: membershipId, change, at }: ChangeRow) {
  return { companyId, membershipId, change, at: at.getTime() };
}

const insertStatuses = insertingNew<StatusRow>('membership_status', [
  { name: 'company_id', type: 'text' },
  { name: 'membership_id', type: 'text' },
  { name: 'status', type: 'text' },
  { name: 'at', type: 'timestamptz' },
]);

/** A membership's snapshot is a sighting of its status, if it has a time of its own. */
function statusRows({ kind, companyId, id, values, version }: Snapshot): StatusRow[] {
  if (kind !== 'membership' || !values.status || !values.updatedAt || !isTimed(version)) return [];
  return [{ company_id: companyId, membership_id: id, status: values.status, at: new Date(values.updatedAt) }];
}

function sightingIn({ company_id: companyId, membership_id: membershipId, status, at }: StatusRow) {
  return { companyId, membershipId, status, at: at.getTime() };
}
