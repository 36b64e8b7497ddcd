import type { PoolClient } from 'pg';
import type { Span } from '../domain/calendar.ts';

/** By how much MRR has changed over a span, in minor units of the currency; the largest changes first. */
export type PlanChange = { scope: string; currency: string; change: number };
export type PersonChange = { customerId: string; name: string | null; currency: string; change: number };

/** Of each plan, most for whichever changed most. */
export async function readPlanMovements(
  client: PoolClient,
  { companyId, span }: { companyId: string; span: Span },
): Promise<PlanChange[]> {
  const { rows } = await client.query<PlanChange>(
    `select scope, currency, sum(mrr)::bigint as change from book_stock
     where company_id = $1 and scope like 'plan %' and at >= $2 and at < $3
     group by scope, currency having sum(mrr) <> 0
     order by abs(sum(mrr)) desc, scope collate "C", currency collate "C"`,
    [companyId, new Date(span.start), new Date(span.end)],
  );
  return rows;
}

/** Of so many customers whose MRR changed most, but for those who don't want to be listed. */
export async function readPersonMovements(
  client: PoolClient,
  { companyId, span, most, unlisted }: { companyId: string; span: Span; most: number; unlisted: ReadonlySet<string> },
): Promise<PersonChange[]> {
  const { rows } = await client.query<PersonChange>(
    `with moved as (
       select customer_id, currency, sum(mrr)::bigint as change from book_stock
       where company_id = $1 and scope = 'all' and at >= $2 and at < $3 and customer_id <> all($5)
       group by customer_id, currency having sum(mrr) <> 0
       order by abs(sum(mrr)) desc, customer_id collate "C", currency collate "C" limit $4)
     select moved.customer_id as "customerId", coalesce(customer.username, customer.name) as name, moved.currency, moved.change
     from moved left join customer on customer.company_id = $1 and customer.id = moved.customer_id
     order by abs(moved.change) desc, moved.customer_id collate "C", moved.currency collate "C"`,
    [companyId, new Date(span.start), new Date(span.end), most, [...unlisted]],
  );
  return rows;
}
