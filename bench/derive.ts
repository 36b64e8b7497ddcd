import type { Pool } from 'pg';
import { rebuildCompany } from '../src/ingest/rebuild.ts';
import { companySettings } from './company-settings.ts';

/** Makes what reports read anew from a company's facts; the only place that names the function which does. */
export async function derive(pool: Pool, companyId: string, settings = companySettings): Promise<void> {
  await rebuildCompany(pool, companyId, settings);
}
