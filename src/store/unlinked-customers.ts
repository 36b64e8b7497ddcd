import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';

/** Customers whom nobody has linked and whom Whop wasn't asked about since, the longest ago first; 500 at most. */
export async function readUnlinkedCustomers(
  database: Pick<Pool, 'query'>,
  companyId: string,
  since: Instant,
): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select id from customer
     left join account_lookup lookup on lookup.company_id = $1 and lookup.whop_user_id = id
     where customer.company_id = $1 and (asked_at is null or asked_at <= $2)
       and not exists (select from account_link link where link.company_id = $1 and link.whop_user_id = id)
     order by asked_at nulls first, id limit 500`,
    [companyId, new Date(since)],
  );
  return rows.map(({ id }) => id);
}
