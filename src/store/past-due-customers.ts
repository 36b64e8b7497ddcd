import type { Pool } from 'pg';
import { wholeCompany } from '../domain/scope.ts';

/** How many customers pay at an instant for nothing else than memberships that are past due. */
export async function countPastDueCustomers(
  database: Pick<Pool, 'query'>,
  companyId: string,
  at: number,
): Promise<number> {
  const { rows } = await database.query<{ customers: number }>(
    `select count(*) as customers from (
       select from book_stock where company_id = $1 and scope = $2 and at <= $3
       group by customer_id
       having coalesce(sum(mrr_past_due), 0) > 0 and sum(mrr) = sum(mrr_past_due)) past_due`,
    [companyId, wholeCompany, new Date(at)],
  );
  return rows[0]?.customers ?? 0;
}
