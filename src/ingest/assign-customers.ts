import type { PoolClient } from 'pg';

/** A row of some table. */
export type Key = { companyId: string; id: string };

/** What was written, by its kind; of plans those by whose terms customers are judged differently now. */
export type Touched = Readonly<Record<'membership' | 'payment' | 'refund' | 'dispute' | 'plan', readonly Key[]>>;

/** A customer of a company: a Whop user or, where nobody is named, a membership, payment, refund or dispute by itself. */
export type CustomerKey = { companyId: string; customerId: string };

/**
 * Says whose the touched facts are, and those that hang on them: a membership is its user's, or whom the first of its
 * payments that names somebody names; a payment is its membership's owner's; what is claimed back is its payment's owner's.
 * @returns the customers whose facts were touched, and those from whom something was taken
 */
export async function assignCustomers(client: PoolClient, touched: Touched): Promise<CustomerKey[]> {
  const keys = [touched.membership, touched.payment, touched.refund, touched.dispute, touched.plan];
  if (keys.every(({ length }) => length === 0)) return [];
  const parameters = keys.map((ofKind) => JSON.stringify(ofKind));
  const found: CustomerKey[] = [];
  for (const statement of [assignMemberships, assignPayments, assignClaims, findByPlan]) {
    const { rows } = await client.query<CustomerKey>(`${touchedFacts} ${statement}`, parameters);
    found.push(...rows);
  }
  return [...new Map(found.map((key) => [JSON.stringify(key), key])).values()];
}

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

/** A payment may tell whose a membership is that names nobody, and so whose all its payments are. */
const touchedFacts = `
  with touched_membership as (
    ${given(1)}
    union
    select payment.company_id, payment.membership_id
    from (${given(2)}) touched join payment using (company_id, id)
      left join membership on membership.company_id = payment.company_id and membership.id = payment.membership_id
    where payment.membership_id is not null and membership.user_id is null
  ), touched_payment as (
    ${given(2)}
    union
    select payment.company_id, payment.id
    from touched_membership touched join payment
      on payment.company_id = touched.company_id and payment.membership_id = touched.id
  ), touched_refund as (
    ${given(3)}
    union
    select refund.company_id, refund.id
    from touched_payment touched join refund
      on refund.company_id = touched.company_id and refund.payment_id = touched.id
  ), touched_dispute as (
    ${given(4)}
    union
    select dispute.company_id, dispute.id
    from touched_payment touched join dispute
      on dispute.company_id = touched.company_id and dispute.payment_id = touched.id
  ), touched_plan as (${given(5)})`;

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
   from ${keys} as touched join ${table} fact using (company_id, id)`;

const assigned = (table: string, owner: string) =>
  `, ${table}_owned as materialized (${owned(table, owner, `touched_${table}`)}),
   ${table}_moved as (update ${table} set customer_id = owned.owner from ${table}_owned owned
     where ${table}.company_id = owned.company_id and ${table}.id = owned.id and owned.before <> owned.owner)`;

const customersIn = (table: string) =>
  `select company_id as "companyId", customer as "customerId" from ${table}_owned, unnest(array[before, owner]) as customer
   where customer <> ''`;

const assignMemberships = `${assigned('membership', membershipOwner)} ${customersIn('membership')}`;
const assignPayments = `${assigned('payment', paymentOwner)} ${customersIn('payment')}`;
const assignClaims = `${assigned('refund', claimOwner)} ${assigned('dispute', claimOwner)}
  ${customersIn('refund')} union ${customersIn('dispute')}`;
const findByPlan = `
  select company_id as "companyId", customer_id as "customerId" from touched_plan touched
    join membership using (company_id) where membership.plan_id = touched.id
  union
  select company_id, customer_id from touched_plan touched join payment using (company_id)
    where payment.plan_id = touched.id`;
