import type { ChurnScan } from '../../domain/churn/scan.ts';
import { readNewestScan } from '../../store/churn-scans.ts';
import { readOptedOut } from '../../store/opted-out.ts';
import type { Question, Sources } from '../question.ts';
import { scanChurn } from './learn-and-score.ts';

/** A night may be missed. */
const goodForMs = 36 * 60 * 60 * 1000;
/** What is scored anew for each question, within a second or two. */
const mostScoredAtOnce = 1000;

/** Who is at risk: of a large community as of the last night, of others as of now. */
export async function currentScan({ companyId, now }: Question, sources: Sources): Promise<ChurnScan> {
  const { pool } = sources.database;
  const kept = await readNewestScan(pool, companyId, now);
  const isGood = kept !== null && now - kept.at <= goodForMs && kept.totals.members > mostScoredAtOnce;
  const scan = isGood ? kept : (await scanChurn(sources, { companyId, now })).scan;
  const optedOut = await readOptedOut(pool, companyId);
  return { ...scan, members: scan.members.filter(({ memberId }) => !optedOut.has(memberId)) };
}
