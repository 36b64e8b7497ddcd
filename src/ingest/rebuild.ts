import type { Pool } from 'pg';
import type { CompanySettings } from '../domain/company.ts';
import { readActivityZone, readActivityZones } from '../store/activity-book.ts';
import { readBookHead } from '../store/book-head.ts';
import { companiesWithFacts } from '../store/companies.ts';
import { effectiveSettings } from '../store/company-settings.ts';
import { keepActivityZone, remakeRollups } from './activities/remake-rollups.ts';
import { isMadeFor } from './books/book-rules.ts';
import { makeBooks } from './books/make-books.ts';
import type { IngestParts } from './ingest.ts';
import { inTransaction } from './transaction.ts';

/**
 * Makes a company's books anew from its facts, and its sums of activities from those that are kept, all or nothing: reports see
 * the old ones until then, and deliveries wait.
 * @param defaults for what the company hasn't set itself
 */
export async function rebuildCompany(
  pool: Pool,
  companyId: string,
  defaults: CompanySettings,
): Promise<{ customers: number }> {
  const customers = await inTransaction(pool, { facts: [companyId], activities: [companyId] }, async (client) => {
    await client.query('set local statement_timeout = 0');
    const { timeZone } = await effectiveSettings(client, companyId, defaults);
    if ((await readActivityZone(client, companyId)) !== null) await remakeRollups(client, companyId, timeZone);
    return makeBooks(client, companyId, defaults);
  });
  return { customers };
}

/** Makes anew the books that were made by other rules or for other settings than those of now, such as after an upgrade. */
export async function refreshBooks({ pool, settings, log }: IngestParts): Promise<void> {
  for (const companyId of await companiesWithFacts(pool)) await refreshCompany({ pool, settings, log }, companyId);
  for (const { companyId, timeZone } of await readActivityZones(pool)) {
    const wanted = await effectiveSettings(pool, companyId, settings);
    if (wanted.timeZone === timeZone) continue;
    await inTransaction(pool, { activities: [companyId] }, async (client) => {
      await client.query('set local statement_timeout = 0');
      await keepActivityZone(client, companyId, wanted.timeZone);
    });
    log.info({ companyId }, 'sums of activities made anew');
  }
}

/** The same for one company. */
export async function refreshCompany({ pool, settings, log }: IngestParts, companyId: string): Promise<void> {
  if (await isCurrent(pool, companyId, settings)) return;
  const customers = await inTransaction(pool, { facts: [companyId] }, async (client) => {
    // Another process may have made them while this one waited for the lock.
    if (await isCurrent(client, companyId, settings)) return 0;
    await client.query('set local statement_timeout = 0');
    return makeBooks(client, companyId, settings);
  });
  if (customers > 0) log.info({ companyId, customers }, 'books made anew');
}

async function isCurrent(
  database: Pick<Pool, 'query'>,
  companyId: string,
  defaults: CompanySettings,
): Promise<boolean> {
  const head = await readBookHead(database, companyId);
  return head !== null && isMadeFor(head, await effectiveSettings(database, companyId, defaults));
}
