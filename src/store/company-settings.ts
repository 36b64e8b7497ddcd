import type { Pool } from 'pg';
import { isWeekStart } from '../domain/calendar.ts';
import type { CompanySettings } from '../domain/company.ts';

/** What people have set for a company; what isn't named is left to the environment. */
type StoredSettings = Partial<CompanySettings>;

type Queryable = Pick<Pool, 'query'>;
type Row = { timeZone: string | null; reportingCurrency: string | null; weekStart: string | null };

async function readStoredSettings(database: Queryable, companyId: string): Promise<StoredSettings> {
  const { rows } = await database.query<Row>(
    `select time_zone as "timeZone", reporting_currency as "reportingCurrency", week_start as "weekStart"
     from company_settings where company_id = $1`,
    [companyId],
  );
  const { timeZone = null, reportingCurrency = null, weekStart = null } = rows[0] ?? {};
  return {
    ...(timeZone === null ? {} : { timeZone }),
    ...(reportingCurrency === null ? {} : { reportingCurrency }),
    ...(weekStart !== null && isWeekStart(weekStart) ? { weekStart } : {}),
  };
}

/** The settings of a company: its own where it has any, else those given. */
export async function effectiveSettings<Settings extends Partial<CompanySettings>>(
  database: Queryable,
  companyId: string,
  defaults: Settings,
): Promise<Settings> {
  return { ...defaults, ...(await readStoredSettings(database, companyId)) };
}
