import { learnChurn } from '../reports/churn/learn-and-score.ts';
import { writeChurnModel } from '../store/churn-model.ts';
import type { CompanySlot, JobParts, Write } from './job.ts';

/** Learns anew from a company's past who leaves. */
export async function refitChurn({ companyId, now }: CompanySlot, parts: JobParts): Promise<Write> {
  const { sources, stopping, log } = parts;
  const model = await learnChurn(sources, { companyId, now, signal: stopping });
  const { kind, rows, members, leavers } = model;
  log.info({ companyId, kind, rows, members, leavers }, 'churn model fitted');
  return (client) => writeChurnModel(client, companyId, model);
}
