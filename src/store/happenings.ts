import type { Pool, PoolClient } from 'pg';
import type { Span } from '../domain/calendar.ts';
import type { PlanChangeCount } from '../domain/plan-changes.ts';

type Asked = { companyId: string; span: Span; planId?: string | undefined };

export type CancelOption = { option: string; count: number };

/** Why memberships that were set to cancel or ended within a span were left; each counts once. The most first. */
export async function readCancelOptions(
  client: PoolClient,
  { companyId, span, planId }: Asked,
): Promise<CancelOption[]> {
  const { rows } = await client.query<CancelOption>(
    `select cancel_option as option, count(distinct source_id) as count
     from book_flow where company_id = $1 and kind in ('scheduled', 'ended') and at >= $2 and at < $3
       and ($4::text is null or plan_id = $4)
     group by cancel_option order by count desc, cancel_option collate "C"`,
    [companyId, new Date(span.start), new Date(span.end), planId],
  );
  return rows;
}

/** Which plans customers left for which others within a span; each customer counts once a pair. The most first. */
export async function readPlanChanges(
  client: PoolClient,
  { companyId, span, planId }: Asked,
): Promise<PlanChangeCount[]> {
  const { rows } = await client.query<PlanChangeCount>(
    `select source_id as "fromPlanId", plan_id as "toPlanId", count(distinct customer_id) as customers
     from book_flow where company_id = $1 and kind = 'plan_change' and at >= $2 and at < $3
       and ($4::text is null or $4 in (source_id, plan_id))
     group by source_id, plan_id order by customers desc, source_id collate "C", plan_id collate "C"`,
    [companyId, new Date(span.start), new Date(span.end), planId],
  );
  return rows;
}

/** The gross revenue of a span between any two instants, in one currency. */
export async function readGrossRevenue(
  database: Pick<Pool, 'query'>,
  { companyId, span, currency }: Asked & { currency: string },
): Promise<number> {
  const { rows } = await database.query<{ revenue: number }>(
    `select coalesce(sum(gross_revenue), 0)::bigint as revenue
     from book_flow where company_id = $1 and kind = 'payment' and at >= $2 and at < $3 and currency = $4`,
    [companyId, new Date(span.start), new Date(span.end), currency],
  );
  return rows[0]?.revenue ?? 0;
}
