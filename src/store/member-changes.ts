import type { PoolClient } from 'pg';
import type { Span } from '../domain/calendar.ts';

/** Somebody who is a member at the end of a span and wasn't at its start, or the other way round. */
export type MemberChange = {
  customerId: string;
  name: string;
  change: 'joined' | 'left';
  /** What was chosen as the reason to leave; null of who joined, and where none is told. */
  reason: string | null;
};

type Asked = {
  companyId: string;
  span: Span;
  most: number;
  /** Who doesn't want to be listed. */
  unlisted: ReadonlySet<string>;
};

/** Of those whose name is known so many who joined last, and as many who left last, the newest first. */
export async function readMemberChanges(
  client: PoolClient,
  { companyId, span, most, unlisted }: Asked,
): Promise<MemberChange[]> {
  const { rows } = await client.query<MemberChange>(
    `with moved as (
       select customer_id, sum(members) > 0 as joined, max(at) as at from book_stock
       where company_id = $1 and scope = 'all' and currency = '' and at >= $2 and at < $3 and customer_id <> all($5)
       group by customer_id having sum(members) <> 0),
     named as (
       select customer_id, joined, at, coalesce(customer.username, customer.name) as name
       from moved join customer on customer.company_id = $1 and customer.id = customer_id),
     ranked as (
       select *, row_number() over (partition by joined order by at desc, customer_id collate "C") as place
       from named where name is not null)
     select ranked.customer_id as "customerId", name,
       case when joined then 'joined' else 'left' end as change, nullif(ending.cancel_option, 'unknown') as reason
     from ranked left join lateral (
       select cancel_option from book_flow flow
       where not joined and flow.company_id = $1 and flow.customer_id = ranked.customer_id and kind = 'ended'
         and flow.at >= $2 and flow.at < $3
       order by flow.at desc limit 1) ending on true
     where place <= $4
     order by change, ranked.at desc, ranked.customer_id collate "C"`,
    [companyId, new Date(span.start), new Date(span.end), most, [...unlisted]],
  );
  return rows;
}
