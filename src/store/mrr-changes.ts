import type { PoolClient } from 'pg';
import type { Span } from '../domain/calendar.ts';

/** By how much MRR has changed over a span, in minor units of the currency; the largest changes of each currency first. */
export type PlanChange = { scope: string; currency: string; change: number };
export type PersonChange = { customerId: string; name: string | null; currency: string; change: number };

/** Of each plan, the reporting currency first. */
export async function readPlanMovements(
  client: PoolClient,
  { companyId, span, currency }: { companyId: string; span: Span; currency: string },
): Promise<PlanChange[]> {
  const { rows } = await client.query<PlanChange>(
    `select scope, currency, sum(mrr)::bigint as change from book_stock
     where company_id = $1 and scope like 'plan %' and at >= $2 and at < $3
     group by scope, currency having sum(mrr) <> 0
     order by currency = $4 desc, abs(sum(mrr)) desc, scope collate "C", currency collate "C"`,
    [companyId, new Date(span.start), new Date(span.end), currency],
  );
  return rows;
}

type Asked = {
  companyId: string;
  span: Span;
  currency: string;
  most: number;
  /** Who doesn't want to be listed. */
  unlisted: ReadonlySet<string>;
};

/** Of so many customers who gained most, and as many who lost most; those in the reporting currency before others. */
export async function readPersonMovements(
  client: PoolClient,
  { companyId, span, currency, most, unlisted }: Asked,
): Promise<PersonChange[]> {
  const { rows } = await client.query<PersonChange>(
    `with moved as (
       select customer_id, currency, sum(mrr)::bigint as change from book_stock
       where company_id = $1 and scope = 'all' and at >= $2 and at < $3 and customer_id <> all($5)
       group by customer_id, currency having sum(mrr) <> 0),
     ranked as (
       select *, row_number() over (
         partition by sign(change)
         order by currency = $6 desc, abs(change) desc, customer_id collate "C", currency collate "C") as place
       from moved)
     select ranked.customer_id as "customerId", coalesce(customer.username, customer.name) as name, currency, change
     from ranked left join customer on customer.company_id = $1 and customer.id = ranked.customer_id
     where place <= $4
     order by currency = $6 desc, abs(change) desc, ranked.customer_id collate "C", currency collate "C"`,
    [companyId, new Date(span.start), new Date(span.end), most, [...unlisted], currency],
  );
  return rows;
}
