import { forgetRuns } from '../store/job-run.ts';
import type { CompanySlot, Write } from './job.ts';

const keptMs = 90 * 24 * 60 * 60 * 1000;

/** A run is remembered for as long as somebody may ask why something didn't come. */
export async function forgetOldRuns({ companyId, slot }: CompanySlot): Promise<Write> {
  return (client) => forgetRuns(client, companyId, slot.at - keptMs);
}
