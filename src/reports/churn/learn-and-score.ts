import { type ChurnModel, churnRules } from '../../domain/churn/churn-model.ts';
import { landmarksIn } from '../../domain/churn/landmarks.ts';
import type { MemberHistory } from '../../domain/churn/member-history.ts';
import { assembleScan, type ChurnScan, type Standing, standingAt } from '../../domain/churn/scan.ts';
import type { Instant } from '../../domain/facts.ts';
import { readChurnModel } from '../../store/churn-model.ts';
import { readMembers } from '../../store/member-histories.ts';
import { fitInThread, scoreInThread } from '../../workers/churn-worker.ts';
import type { Sources } from '../question.ts';
import { billedHistory, type Observed, readObserved } from './observed.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** It is made anew each week; one that wasn't for two is no longer relied on. */
const goodForMs = 15 * dayMs;
/** Two years: what was longer ago says little about who leaves now. */
const learnedFromMs = 2 * 365 * dayMs;

export type Asked = { companyId: string; now: Instant; signal?: AbortSignal | undefined };

/** Fits on what is known at that instant of whoever hasn't opted out. */
export async function learnChurn(sources: Sources, { companyId, now, signal }: Asked): Promise<ChurnModel> {
  const observed = await readObserved(sources, companyId, now);
  return learnFrom(sources, observed, { companyId, now, signal });
}

function learnFrom({ database }: Sources, observed: Observed, { now, signal }: Asked): Promise<ChurnModel> {
  const { observedFrom, historyStart, firstMembershipAt, timeZone, visibility, optedOut } = observed;
  const start = Math.max(historyStart, firstMembershipAt ?? now, now - learnedFromMs);
  const landmarks = landmarksIn({ start, end: now }, timeZone);
  const task = { landmarks, knownUntil: now, observedFrom, historyStart, kinds: visibility.kinds, now };
  async function* histories(): AsyncGenerator<MemberHistory> {
    for await (const member of readMembers(database.pool, observed)) {
      if (!optedOut.has(member.history.memberId)) yield billedHistory(member);
    }
  }
  return fitInThread(task, histories(), signal);
}

export type Scan = { model: ChurnModel; scan: ChurnScan };

/** Scores whoever is a member then by the model that is kept, or by one made for it where that is none, too old, or from later. */
export async function scanChurn(sources: Sources, asked: Asked): Promise<Scan> {
  const { companyId, now, signal } = asked;
  const { pool } = sources.database;
  const observed = await readObserved(sources, companyId, now);
  const model = (await readGoodModel(sources, asked)) ?? (await learnFrom(sources, observed, asked));
  const { observedFrom, optedOut, timeZone, reportingCurrency: currency } = observed;
  const standings: Standing[] = [];
  async function* histories(): AsyncGenerator<MemberHistory> {
    for await (const member of readMembers(pool, observed)) {
      const standing = standingAt(member, { at: now, observedFrom, currency, optedOut });
      if (standing === null) continue;
      standings.push(standing);
      if (!standing.optedOut) yield billedHistory(member);
    }
  }
  const risks = await scoreInThread({ model, at: now, observedFrom }, histories(), signal);
  return { model, scan: assembleScan({ standings, risks, model, at: now, currency, timeZone }) };
}

/** The model that is kept, or one made for the question. */
export async function currentModel(sources: Sources, asked: Asked): Promise<ChurnModel> {
  return (await readGoodModel(sources, asked)) ?? (await learnChurn(sources, asked));
}

async function readGoodModel({ database }: Sources, { companyId, now }: Asked): Promise<ChurnModel | null> {
  const kept = await readChurnModel(database.pool, companyId);
  return kept !== null && isGood(kept, now) ? kept : null;
}

/** A prior is made anew each time: there is little to make it of, and it is no longer one as soon as there is enough. */
function isGood({ kind, rules, fittedAt }: ChurnModel, now: Instant): boolean {
  return kind !== 'prior' && rules === churnRules && fittedAt <= now && now - fittedAt <= goodForMs;
}
