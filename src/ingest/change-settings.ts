import type { PoolClient } from 'pg';
import type { CompanySettings } from '../domain/company.ts';
import { readBookHead } from '../store/book-head.ts';
import { effectiveSettings } from '../store/company-settings.ts';
import { keepActivityZone } from './activities/remake-rollups.ts';
import { isMadeFor } from './books/book-rules.ts';
import { makeBooks } from './books/make-books.ts';
import type { IngestParts } from './ingest.ts';
import { inTransaction } from './transaction.ts';

/** What is to be set from now on; null for what is left to the environment again. */
export type SettingsChange = { readonly [Name in keyof CompanySettings]?: CompanySettings[Name] | null | undefined };

/**
 * Changes what a company has set, and makes its books anew where they depend on it: reports see both or neither.
 * @returns its settings from now on
 */
export async function changeSettings(
  { pool, settings: defaults }: Pick<IngestParts, 'pool' | 'settings'>,
  companyId: string,
  change: SettingsChange,
): Promise<CompanySettings> {
  if (Object.values(change).every((value) => value === undefined)) return effectiveSettings(pool, companyId, defaults);
  return inTransaction(pool, { facts: [companyId], activities: [companyId] }, async (client) => {
    await writeSettings(client, companyId, change);
    const settings = await effectiveSettings(client, companyId, defaults);
    const head = await readBookHead(client, companyId);
    if (head !== null && !isMadeFor(head, settings)) await makeBooks(client, companyId, defaults);
    await keepActivityZone(client, companyId, settings.timeZone);
    return settings;
  });
}

const columns = { timeZone: 'time_zone', reportingCurrency: 'reporting_currency', weekStart: 'week_start' } as const;

async function writeSettings(client: PoolClient, companyId: string, change: SettingsChange): Promise<void> {
  await client.query('insert into company_settings (company_id) values ($1) on conflict do nothing', [companyId]);
  for (const name of ['timeZone', 'reportingCurrency', 'weekStart'] as const) {
    const value = change[name];
    if (value === undefined) continue;
    await client.query(`update company_settings set ${columns[name]} = $2 where company_id = $1`, [companyId, value]);
  }
}
