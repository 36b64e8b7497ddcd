import type { Pool } from 'pg';

/** How many customers pay for nothing else than memberships that are past due. */
export async function countPastDueCustomers(pool: Pool, companyId: string): Promise<number> {
  const { rows } = await pool.query<{ customers: number }>(
    `select count(*) as customers from (
       select coalesce(user_id, id) from membership
       where company_id = $1 and status = 'past_due' and exists (
         select from payment
         where payment.company_id = membership.company_id and membership_id = membership.id
           and paid_at is not null and total_minor > 0)
       except
       select coalesce(user_id, id) from membership
       where company_id = $1 and status in ('trialing', 'active', 'canceling', 'unresolved')
     ) past_due`,
    [companyId],
  );
  return rows[0]?.customers ?? 0;
}
