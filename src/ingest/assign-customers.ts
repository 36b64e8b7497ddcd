import type { PoolClient } from 'pg';

/** A row of some table. */
export type Key = { companyId: string; id: string };

export type OwnedKind = 'membership' | 'payment' | 'refund' | 'dispute';
type Keys = Readonly<Record<OwnedKind, readonly Key[]>>;

export type Touched = {
  /** What is new, or refers to other things now. */
  moved: Keys;
  /** What else may have changed; what has moved may be named again. */
  stayed: Keys;
  /** Payments that were of another membership, or of one: what else was known of that needn't be their owner's any more. */
  left: readonly Key[];
  /** Plans by whose terms customers are judged differently now. */
  plan: readonly Key[];
};

/** A customer of a company: a Whop user or, where nobody is named, a membership, payment, refund or dispute by itself. */
type CustomerKey = { companyId: string; customerId: string };

export type TouchedCustomer = CustomerKey & {
  /**
   * Whether any fact of the customer's may be judged differently now: something came, went or is of another plan. Else only
   * what follows from facts that were touched themselves, and from all of them together.
   */
  whole: boolean;
};

/**
 * Says whose the moved facts are, and those that hang on them: a membership is its user's, or whom the first of its payments
 * that names somebody names; a payment is its membership's owner's; what is claimed back is its payment's owner's.
 * @returns the customers whose facts were touched, and those from whom something was taken
 */
export async function assignCustomers(
  client: PoolClient,
  { moved, stayed, left, plan }: Touched,
): Promise<TouchedCustomer[]> {
  const parameters = ownedKinds.map((kind) => JSON.stringify(moved[kind]));
  const someMoved = ownedKinds.some((kind) => moved[kind].length > 0);
  // In this order: whose a payment is follows from whose its membership is by then.
  const found = await Promise.all([
    ...(someMoved ? [assignMemberships, assignPayments, assignClaims] : []).map((statement) =>
      client.query<TouchedCustomer>(`${movedFacts} ${statement}`, parameters),
    ),
    ...ownedKinds
      .filter((kind) => stayed[kind].length > 0)
      .map((kind) => client.query<TouchedCustomer>(ownersOf[kind], [JSON.stringify(stayed[kind])])),
    ...(left.length > 0 ? [client.query<TouchedCustomer>(ownerOf('payment', true), [JSON.stringify(left)])] : []),
    ...(plan.length > 0 ? [client.query<TouchedCustomer>(customersOfPlans, [JSON.stringify(plan)])] : []),
  ]);
  return together(found.flatMap(({ rows }) => rows));
}

/** Each customer once, whole where any of its facts says so. */
function together(found: readonly TouchedCustomer[]): TouchedCustomer[] {
  const customers = new Map<string, TouchedCustomer>();
  for (const one of found) {
    const key = JSON.stringify([one.companyId, one.customerId]);
    customers.set(key, { ...one, whole: one.whole || customers.get(key)?.whole === true });
  }
  return [...customers.values()];
}

const ownedKinds = ['membership', 'payment', 'refund', 'dispute'] as const satisfies readonly OwnedKind[];

/** Assigns every fact of a company. */
export async function assignAllCustomers(client: PoolClient, companyId: string): Promise<void> {
  for (const [table, owner] of [
    ['membership', membershipOwner],
    ['payment', paymentOwner],
    ['refund', claimOwner],
    ['dispute', claimOwner],
  ]) {
    await client.query(
      `update ${table} fact set customer_id = ${owner} where fact.company_id = $1 and fact.customer_id <> ${owner}`,
      [companyId],
    );
  }
}

const given = (parameter: number) =>
  `select "companyId" as company_id, id from jsonb_to_recordset($${parameter}) as given ("companyId" text, id text)`;

/** The facts of another table that refer to some, each found by a search of its own in the keys. */
const referring = (table: string, reference: string, to: string) =>
  `select touched.company_id, found.id from ${to} touched
   cross join lateral (select ${table}.id from ${table}
     where ${table}.company_id = touched.company_id and ${table}.${reference} = touched.id offset 0) found`;

/** A payment may tell whose a membership is that names nobody, and so whose all its payments are. */
const movedFacts = `
  with touched_membership as (
    ${given(1)}
    union
    select payment.company_id, payment.membership_id
    from (${given(2)}) touched join payment using (company_id, id)
      left join membership on membership.company_id = payment.company_id and membership.id = payment.membership_id
    where payment.membership_id is not null and membership.user_id is null
  ), touched_payment as (${given(2)} union ${referring('payment', 'membership_id', 'touched_membership')}),
  touched_refund as (${given(3)} union ${referring('refund', 'payment_id', 'touched_payment')}),
  touched_dispute as (${given(4)} union ${referring('dispute', 'payment_id', 'touched_payment')})`;

const namedByPayment = (membershipId: string) => `(
  select (array_agg(named.user_id order by named.id))[1] from payment named
  where named.company_id = fact.company_id and named.membership_id = ${membershipId} and named.user_id is not null)`;

const membershipOwner = `coalesce(fact.user_id, ${namedByPayment('fact.id')}, fact.id)`;

const paymentOwner = `coalesce(
  (select membership.customer_id from membership
   where membership.company_id = fact.company_id and membership.id = fact.membership_id),
  ${namedByPayment('fact.membership_id')}, fact.user_id, fact.membership_id, fact.id)`;

const claimOwner = `coalesce(
  (select payment.customer_id from payment
   where payment.company_id = fact.company_id and payment.id = fact.payment_id), fact.id)`;

/** The facts with whose they were and whose they are. */
const owned = (table: string, owner: string, keys: string) =>
  `select fact.company_id, fact.id, fact.customer_id as before, ${owner} as owner
   from ${keys} as touched cross join lateral (
     select * from ${table} where ${table}.company_id = touched.company_id and ${table}.id = touched.id offset 0) fact`;

const assigned = (table: string, owner: string) =>
  `, ${table}_owned as materialized (${owned(table, owner, `touched_${table}`)}),
   ${table}_moved as (update ${table} set customer_id = owned.owner from ${table}_owned owned
     where ${table}.company_id = owned.company_id and ${table}.id = owned.id and owned.before <> owned.owner)`;

const customersIn = (table: string, whole = 'before <> owner') =>
  `select company_id as "companyId", customer as "customerId", ${whole} as whole
   from ${table}_owned, unnest(array[before, owner]) as customer where customer <> ''`;

const assignMemberships = `${assigned('membership', membershipOwner)} ${customersIn('membership', 'true')}`;
const assignPayments = `${assigned('payment', paymentOwner)} ${customersIn('payment')}`;
const assignClaims = `${assigned('refund', claimOwner)} ${assigned('dispute', claimOwner)}
  ${customersIn('refund')} union ${customersIn('dispute')}`;
const ownerOf = (table: OwnedKind, whole = false) =>
  `select distinct touched.company_id as "companyId", found.customer_id as "customerId", ${whole} as whole
   from (${given(1)}) touched cross join lateral (
     select customer_id from ${table} where ${table}.company_id = touched.company_id and ${table}.id = touched.id
     offset 0) found`;
const ownersOf: Readonly<Record<OwnedKind, string>> = {
  // A membership of which nothing but an end is known is its payments' owner's.
  membership: `${ownerOf('membership')} union
    select distinct touched.company_id, found.customer_id, false from (${given(1)}) touched cross join lateral (
      select customer_id from payment
      where payment.company_id = touched.company_id and payment.membership_id = touched.id limit 1) found`,
  payment: ownerOf('payment'),
  refund: ownerOf('refund'),
  dispute: ownerOf('dispute'),
};
const customersOfPlans = ['membership', 'payment']
  .map(
    (table) => `select distinct touched.company_id as "companyId", ${table}.customer_id as "customerId", true as whole
     from (${given(1)}) touched join ${table} on ${table}.company_id = touched.company_id and ${table}.plan_id = touched.id`,
  )
  .join(' union ');
