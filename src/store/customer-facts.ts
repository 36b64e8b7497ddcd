import type { Pool } from 'pg';
import type { Fact, FactKind, MembershipChange, StatusSighting } from '../domain/facts.ts';
import { groupBy } from '../domain/group-by.ts';
import type { CustomerFacts } from '../domain/membership-record.ts';
import { selectFact } from './fact-tables.ts';

type Queryable = Pick<Pool, 'query'>;
type OwnedKind = Extract<FactKind, 'membership' | 'payment' | 'refund' | 'dispute'>;
type Owned<T> = T & { customerId: string };

const changeTable = { table: 'membership_change', column: 'change' };
const statusTable = { table: 'membership_status', column: 'status' };

/** All facts that the figures of these customers follow from, by customer, each kind in the order of its ids. */
export async function readCustomers(
  database: Queryable,
  companyId: string,
  customerIds: readonly string[],
): Promise<Map<string, CustomerFacts>> {
  const read = <K extends OwnedKind>(kind: K) => readOwned(database, kind, companyId, customerIds);
  const [memberships, payments, refunds, disputes] = await Promise.all([
    read('membership'),
    read('payment'),
    read('refund'),
    read('dispute'),
  ]);
  const ownerOf = new Map(payments.map(({ membershipId, customerId }) => [membershipId ?? '', customerId]));
  for (const { id, customerId } of memberships) ownerOf.set(id, customerId);
  const membershipIds = [...ownerOf.keys()].filter((id) => id !== '');
  const [changes, sightings] = await Promise.all([
    readTimed<MembershipChange>(database, changeTable, [companyId, membershipIds]),
    readTimed<StatusSighting>(database, statusTable, [companyId, membershipIds]),
  ]);

  const by = <T>(facts: readonly T[], customerOf: (fact: T) => string) => groupBy(facts, customerOf);
  const own = <T extends { customerId: string }>(facts: readonly T[]) => by(facts, ({ customerId }) => customerId);
  const ofMembership = <T extends { membershipId: string }>(facts: readonly T[]) =>
    by(facts, ({ membershipId }) => ownerOf.get(membershipId) ?? '');
  const all = {
    memberships: own(memberships),
    payments: own(payments),
    refunds: own(refunds),
    disputes: own(disputes),
    changes: ofMembership(changes),
    sightings: ofMembership(sightings),
  };
  return new Map(
    customerIds.map((id) => [
      id,
      {
        memberships: all.memberships.get(id) ?? [],
        changes: all.changes.get(id) ?? [],
        sightings: all.sightings.get(id) ?? [],
        payments: all.payments.get(id) ?? [],
        refunds: all.refunds.get(id) ?? [],
        disputes: all.disputes.get(id) ?? [],
      },
    ]),
  );
}

async function readOwned<K extends OwnedKind>(
  database: Queryable,
  kind: K,
  companyId: string,
  customerIds: readonly string[],
): Promise<Owned<Fact<K>>[]> {
  const { rows } = await database.query<Owned<Fact<K>>>(
    `select customer_id as "customerId", ${selectFact(kind)} from ${kind}
     where company_id = $1 and customer_id = any($2) order by id`,
    [companyId, customerIds],
  );
  return rows;
}

/** Rows that are only ever added, of some memberships: what was so, and when. */
async function readTimed<Row extends MembershipChange | StatusSighting>(
  database: Queryable,
  { table, column }: { table: string; column: string },
  [companyId, membershipIds]: [companyId: string, membershipIds: readonly string[]],
): Promise<Row[]> {
  const { rows } = await database.query<Row>(
    `select membership_id as "membershipId", ${column}, (date_part('epoch', at) * 1000)::bigint as at
     from ${table} where company_id = $1 and membership_id = any($2) order by membership_id, at, ${column}`,
    [companyId, membershipIds],
  );
  return rows;
}

/**
 * The next customers in the order of their ids, of whom anything is known.
 * @param after the last one before; '' to begin
 */
export async function nextCustomerIds(
  database: Queryable,
  companyId: string,
  after: string,
  count: number,
): Promise<string[]> {
  const next = (table: OwnedKind) =>
    `(select distinct customer_id from ${table}
      where company_id = $1 and customer_id > $2 order by customer_id limit $3)`;
  const { rows } = await database.query<{ id: string }>(
    `select customer_id as id
     from (${next('membership')} union ${next('payment')} union ${next('refund')} union ${next('dispute')}) ids
     order by customer_id limit $3`,
    [companyId, after, count],
  );
  return rows.map(({ id }) => id);
}
