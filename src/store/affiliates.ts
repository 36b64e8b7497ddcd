import type { PoolClient } from 'pg';
import type { Affiliate } from '../domain/marketing/affiliates.ts';

/** The affiliates of a company who have brought anything, the most revenue first. */
export async function readAffiliates(client: PoolClient, companyId: string): Promise<Affiliate[]> {
  const { rows } = await client.query<Affiliate>(
    // A version is '1 ' or '0 ' and an ISO time.
    `select affiliate.id, user_id as "userId", coalesce(username, name) as name, referrals_count as referrals,
       usd_revenue_minor as "usdRevenueMinor",
       (date_part('epoch', substr(affiliate.version, 3)::timestamptz) * 1000)::bigint as "asOf"
     from affiliate left join customer on customer.company_id = $1 and customer.id = user_id
     where affiliate.company_id = $1 and (referrals_count <> 0 or usd_revenue_minor <> 0)
     order by usd_revenue_minor desc nulls last, referrals_count desc nulls last, affiliate.id collate "C"`,
    [companyId],
  );
  return rows;
}
