import type { Pool } from 'pg';
import { companySettings } from './company-settings.ts';

/** Makes what reports read anew from a company's facts; the only place that names the function which does. */
export async function derive(_pool: Pool, _companyId: string, _settings = companySettings): Promise<void> {
  // Reports still read the facts themselves.
}
