import type { Instant } from '../facts.ts';
import { compareText } from '../figure-value.ts';
import { groupBy } from '../group-by.ts';
import type { MembershipRecord } from '../membership-record.ts';
import { type Segment, type SegmentFacts, segmentOf, segments } from '../segments.ts';
import { mrrTimeline, totalOf } from '../timeline.ts';
import type { ChurnModel } from './churn-model.ts';
import { contractWords, nextBillOf } from './contract-words.ts';
import type { MemberHistory } from './member-history.ts';
import { type MemberRisk, viewAt } from './score.ts';

/** MRR that can't be converted into the reporting currency: minor units by currency. */
export type OtherMrr = Readonly<Record<string, number>>;

/** Of leaving within 30 days, as of one instant. */
export type ScoredMember = Pick<
  MemberRisk,
  'memberId' | 'membershipId' | 'probability' | 'band' | 'confidence' | 'reasons' | 'suggestion'
> & {
  planId: string | null;
  segment: Segment;
  /** In the reporting currency. */
  mrrMinor: number;
  otherMrr: OtherMrr;
  /** What is certain, for people. */
  contract: string[];
  nextBillAt: Instant | null;
};

/** Sums of everybody, whoever opted out included. */
type ScanTotals = {
  members: number;
  scored: number;
  optedOut: number;
  segments: { segment: Segment; members: number; mrrMinor: number; otherMrr: OtherMrr }[];
};

export type ChurnScan = {
  at: Instant;
  currency: string;
  baseRate: number;
  modelKind: ChurnModel['kind'];
  note: string;
  totals: ScanTotals;
  members: ScoredMember[];
};

/** Somebody who is a member at the instant of a scan. */
export type Standing = Omit<SegmentFacts, 'band'> & {
  memberId: string;
  optedOut: boolean;
  mrrMinor: number;
  otherMrr: OtherMrr;
  records: readonly Pick<MembershipRecord, 'membership' | 'planId'>[];
};

type Moment = { at: Instant; observedFrom: Instant; currency: string; optedOut: ReadonlySet<string> };

/** Null of whoever isn't a member then. What those who opted out do isn't looked at. */
export function standingAt(
  { history, records }: { history: MemberHistory; records: readonly MembershipRecord[] },
  { at, observedFrom, currency, optedOut }: Moment,
): Standing | null {
  const { memberId } = history;
  const isOut = optedOut.has(memberId);
  const found = viewAt(isOut ? { ...history, activity: null } : history, at, observedFrom);
  if (found === null) return null;
  const { tenureDays, earlierSpells, cancellation, pastDue, activity } = found.view;
  const view = { tenureDays, earlierSpells, cancellation, pastDue, activity };
  const timeline = mrrTimeline(records);
  const mrrIn = (code: string) => totalOf(timeline.get(code)?.findLast((state) => state.at <= at));
  const paidIn = [...timeline.keys()].filter((code) => mrrIn(code) > 0);
  const others = paidIn.filter((code) => code !== currency).sort();
  const otherMrr = Object.fromEntries(others.map((code) => [code, mrrIn(code)]));
  const pays = paidIn.length > 0;
  const known = records.map(({ membership, planId }) => ({ membership, planId }));
  return { memberId, optedOut: isOut, view, pays, mrrMinor: mrrIn(currency), otherMrr, records: known };
}

type Scanned = {
  standings: readonly Standing[];
  risks: readonly MemberRisk[];
  model: ChurnModel;
  at: Instant;
  currency: string;
  timeZone: string;
};

/** Members by revenue at risk, the most first, and the sums of all. */
export function assembleScan({ standings, risks, model, at, currency, timeZone }: Scanned): ChurnScan {
  const riskOf = new Map(risks.map((risk) => [risk.memberId, risk]));
  const all = standings.map((standing) => {
    const risk = riskOf.get(standing.memberId);
    return { standing, risk, segment: segmentOf({ ...standing, band: risk?.band ?? null }) };
  });
  const members = all.flatMap(({ standing, risk, segment }): ScoredMember[] =>
    risk === undefined ? [] : [scoredMember(standing, { risk, segment, at, timeZone })],
  );
  const bySegment = groupBy(all, ({ segment }) => segment);
  return {
    at,
    currency,
    baseRate: model.baseRate,
    modelKind: model.kind,
    note: model.note,
    members: members.sort(byRevenueAtRisk),
    totals: {
      members: all.length,
      scored: members.length,
      optedOut: standings.filter(({ optedOut }) => optedOut).length,
      segments: segments.map((segment) => {
        const own = (bySegment.get(segment) ?? []).map(({ standing }) => standing);
        const mrrMinor = own.reduce((sum, standing) => sum + standing.mrrMinor, 0);
        return { segment, members: own.length, mrrMinor, otherMrr: summedOtherMrr(own) };
      }),
    },
  };
}

export function summedOtherMrr(all: readonly { otherMrr: OtherMrr }[]): OtherMrr {
  const sums = new Map<string, number>();
  for (const [code, minor] of all.flatMap(({ otherMrr }) => Object.entries(otherMrr))) {
    sums.set(code, (sums.get(code) ?? 0) + minor);
  }
  return Object.fromEntries([...sums].sort(([a], [b]) => compareText(a, b)));
}

function scoredMember(
  { records, mrrMinor, otherMrr }: Standing,
  { risk, segment, at, timeZone }: { risk: MemberRisk; segment: Segment; at: Instant; timeZone: string },
): ScoredMember {
  const { memberId, membershipId, probability, band, confidence, reasons, suggestion, facts } = risk;
  const record = records.find(({ membership }) => membership.id === membershipId);
  return {
    ...{ memberId, membershipId, probability, band, confidence, reasons, suggestion, segment, mrrMinor, otherMrr },
    planId: record?.planId ?? null,
    contract: contractWords(facts, timeZone),
    nextBillAt: nextBillOf(facts, record?.membership, at),
  };
}

function byRevenueAtRisk(a: ScoredMember, b: ScoredMember): number {
  const expected = b.probability * b.mrrMinor - a.probability * a.mrrMinor;
  return expected || b.probability - a.probability || (a.memberId < b.memberId ? -1 : 1);
}
