import { mondayOf } from '../domain/churn/monday-of.ts';
import { risesSince } from '../domain/churn/rises.ts';
import { scanChurn } from '../reports/churn/learn-and-score.ts';
import { recordRises } from '../store/alerts/record-rises.ts';
import { writeChurnModel } from '../store/churn-model.ts';
import { readNewestScan, writeScan } from '../store/churn-scans.ts';
import { effectiveSettings } from '../store/company-settings.ts';
import type { CompanySlot, JobParts, Write } from './job.ts';

/** Scores each member of a company, and keeps of whom more is to be feared than in the scan before. */
export async function scanCompanyChurn({ companyId, now }: CompanySlot, parts: JobParts): Promise<Write> {
  const { sources, stopping, log } = parts;
  const { pool } = sources.database;
  const { model, scan } = await scanChurn(sources, { companyId, now, signal: stopping });
  const before = await readNewestScan(pool, companyId, now);
  const rises = risesSince(before?.members ?? null, scan.members);
  const { timeZone } = await effectiveSettings(pool, companyId, sources.settings);
  const week = mondayOf(now, timeZone);
  log.info({ companyId, members: scan.members.length, rises: rises.size }, 'members scored');
  return async (client) => {
    await writeChurnModel(client, companyId, model);
    await writeScan(client, companyId, { week, scan, rises });
    await recordRises(client, companyId, { week, at: scan.at });
  };
}
