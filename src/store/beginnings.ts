import type { PoolClient } from 'pg';
import type { Span } from '../domain/calendar.ts';
import type { Instant } from '../domain/facts.ts';
import type { Scope } from '../domain/scope.ts';

type Asked = { companyId: string; scope: Scope };

/** What somebody who began to pay within a span paid in it, in one currency; '' and 0 of whom no amount is told. */
export type BeginnerAmount = {
  customerId: string;
  /** Whether they ever paid with a promo code. */
  usedCode: boolean;
  currency: string;
  grossMinor: number;
};

/**
 * Those who began to pay within a span, with what they paid in it. Who paid before in truth, but before anybody told, didn't
 * begin in it.
 */
export async function readBeginners(
  client: PoolClient,
  { companyId, scope, span, planId }: Asked & { span: Span; planId?: string | undefined },
): Promise<BeginnerAmount[]> {
  const { rows } = await client.query<BeginnerAmount>(
    `with begun as (
       select customer_id from book_stock
       where company_id = $1 and scope = $2 and currency = '' and paying_customers > 0 and at >= $3 and at < $4
         and not exists (
           select from book_stock earlier where earlier.company_id = $1 and earlier.scope = $2 and earlier.currency = ''
             and earlier.customer_id = book_stock.customer_id and earlier.at < $3 and earlier.paying_customers > 0)
       group by customer_id having coalesce(min(paid_since), $3) >= $3)
     select begun.customer_id as "customerId", coalesce(flow.currency, '') as currency,
       coalesce(sum(gross_revenue), 0)::bigint as "grossMinor",
       exists (select from payment where payment.company_id = $1 and payment.customer_id = begun.customer_id
         and promo_code_id is not null) as "usedCode"
     from begun left join book_flow flow on flow.company_id = $1 and flow.customer_id = begun.customer_id
       and kind = 'payment' and at >= $3 and at < $4 and gross_revenue is not null and ($5::text is null or plan_id = $5)
     group by begun.customer_id, flow.currency
     order by begun.customer_id collate "C", flow.currency collate "C"`,
    [companyId, scope, new Date(span.start), new Date(span.end), planId],
  );
  return rows;
}

/** How these customers began to pay and stopped, and since when they had in truth where that was before anybody told. */
export type Paying = { customerId: string; at: Instant; change: number; paidSince: Instant | null };

export async function readPaying(
  client: PoolClient,
  { companyId, scope, customerIds }: Asked & { customerIds: readonly string[] },
): Promise<Paying[]> {
  const { rows } = await client.query<Paying>(
    `select customer_id as "customerId", (date_part('epoch', at) * 1000)::bigint as at, paying_customers as change,
       (date_part('epoch', paid_since) * 1000)::bigint as "paidSince"
     from book_stock where company_id = $1 and scope = $2 and currency = '' and customer_id = any($3)
       and paying_customers is not null
     order by customer_id collate "C", at`,
    [companyId, scope, customerIds],
  );
  return rows;
}
