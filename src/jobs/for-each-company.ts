import { Passing, UserError } from '../domain/user-error.ts';
import { asOnlyOne } from '../store/backfill.ts';
import { readKnownCompanies } from '../store/known-companies.ts';
import type { JobParts } from './job.ts';

/** Does the same for each known company, one after the other, in one process at a time; one that fails ends no other. */
export async function forEachCompany(
  job: string,
  { sources, companyId, stopping, log }: JobParts,
  work: (companyId: string) => Promise<void>,
): Promise<void> {
  const { pool } = sources.database;
  await asOnlyOne(pool, `tidewatch ${job}`, async () => {
    const known = await readKnownCompanies(pool);
    for (const id of new Set([...(companyId === null ? [] : [companyId]), ...known])) {
      if (stopping.aborted) return;
      await work(id).catch((error: unknown) => {
        if (stopping.aborted) return;
        if (error instanceof Passing) throw error;
        if (error instanceof UserError) log.warn({ job, companyId: id, reason: error.message }, 'job refused');
        else log.error({ job, companyId: id, err: error }, 'job failed for a company');
      });
    }
  });
}
