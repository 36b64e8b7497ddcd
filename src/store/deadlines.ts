import type { PoolClient } from 'pg';
import type { Day, Span } from '../domain/calendar.ts';
import type { Instant } from '../domain/facts.ts';

/** How many are due on a local day; null where nobody tells on which. */
export type Due<When extends Day | null = Day | null> = { day: When; count: number };

/** On which local days trials end within a span, unless they were cancelled, and how many. */
export async function readTrialsEnding(
  client: PoolClient,
  { companyId, span, timeZone }: { companyId: string; span: Span; timeZone: string },
): Promise<Due<Day>[]> {
  const { rows } = await client.query<Due<Day>>(
    `select (renewal_period_end at time zone $4)::date::text as day, count(*) as count
     from membership where company_id = $1 and status = 'trialing' and renewal_period_end >= $2 and renewal_period_end < $3
       and cancel_at_period_end is not true
     group by day order by day`,
    [companyId, new Date(span.start), new Date(span.end), timeZone],
  );
  return rows;
}

/** Until which local days disputes have to be answered that weren't, and how many; the most urgent first. */
export async function readDisputesToAnswer(
  client: PoolClient,
  { companyId, now, timeZone }: { companyId: string; now: Instant; timeZone: string },
): Promise<Due[]> {
  const { rows } = await client.query<Due>(
    `select (needs_response_by at time zone $3)::date::text as day, count(*) as count
     from dispute where company_id = $1 and status in ('needs_response', 'warning_needs_response')
       and (needs_response_by is null or needs_response_by >= $2)
     group by day order by day nulls last`,
    [companyId, new Date(now), timeZone],
  );
  return rows;
}
