import type { Pool } from 'pg';
import { readKnownCompanies } from './known-companies.ts';

export type CompanyZone = { companyId: string; timeZone: string };

type Environment = {
  /** WHOP_COMPANY_ID */
  companyId: string | null;
  timeZone: string;
};

/** Every company that a delivery, a guild or the environment has named, with its own time zone or else the environment's. */
export async function readCompanyZones(pool: Pool, environment: Environment): Promise<CompanyZone[]> {
  const known = await readKnownCompanies(pool);
  const given = environment.companyId === null ? known : [...known, environment.companyId];
  const { rows } = await pool.query<CompanyZone>(
    `select company_id as "companyId", coalesce(time_zone, $2) as "timeZone"
     from (select unnest($1::text[]) as company_id union select company_id from guild_link) companies
     left join company_settings using (company_id) order by company_id`,
    [given, environment.timeZone],
  );
  return rows;
}
