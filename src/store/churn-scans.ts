import type { Pool } from 'pg';
import type { Day } from '../domain/calendar.ts';
import type { Rise } from '../domain/churn/rises.ts';
import type { ChurnScan, ScoredMember } from '../domain/churn/scan.ts';
import type { Instant } from '../domain/facts.ts';

type Queryable = Pick<Pool, 'query'>;
type Kept = Omit<ChurnScan, 'members'> & { week: Day };

/** The newest scan before an instant; null without any. */
export async function readNewestScan(
  database: Queryable,
  companyId: string,
  before: Instant,
): Promise<ChurnScan | null> {
  const { rows } = await database.query<Kept>(
    `select week::text, (extract(epoch from at) * 1000)::bigint as at, currency, base_rate as "baseRate",
       model_kind as "modelKind", note, totals
     from churn_scan where company_id = $1 and at <= $2 order by at desc limit 1`,
    [companyId, new Date(before)],
  );
  const [scan] = rows;
  if (scan === undefined) return null;
  const { week, ...kept } = scan;
  const members = await database.query<ScoredMember>(
    `select member_id as "memberId", membership_id as "membershipId", plan_id as "planId", segment, mrr_minor as "mrrMinor",
       other_mrr as "otherMrr", probability, band, confidence, reasons, contract, suggestion,
       (extract(epoch from next_bill_at) * 1000)::bigint as "nextBillAt"
     from churn_score where company_id = $1 and week = $2
     order by probability * mrr_minor desc, probability desc, member_id collate "C"`,
    [companyId, week],
  );
  return { ...kept, members: members.rows };
}

/** In place of the one before of the same week. Whoever has opted out meanwhile is left out. */
export async function writeScan(
  database: Queryable,
  companyId: string,
  { week, scan, rises }: { week: Day; scan: ChurnScan; rises: ReadonlyMap<string, Rise> },
): Promise<void> {
  await database.query(
    `insert into churn_scan (company_id, week, at, currency, base_rate, model_kind, note, totals)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (company_id, week) do update set at = excluded.at, currency = excluded.currency,
       base_rate = excluded.base_rate, model_kind = excluded.model_kind, note = excluded.note, totals = excluded.totals`,
    [
      ...[companyId, week, new Date(scan.at), scan.currency, scan.baseRate, scan.modelKind, scan.note],
      JSON.stringify(scan.totals),
    ],
  );
  await database.query('delete from churn_score where company_id = $1 and week = $2', [companyId, week]);
  await database.query(
    `insert into churn_score (company_id, week, member_id, membership_id, plan_id, segment, mrr_minor, other_mrr, probability, band,
       confidence, reasons, contract, suggestion, next_bill_at, rise)
     select $1, $2, "memberId", "membershipId", "planId", segment, "mrrMinor", "otherMrr", probability, band, confidence, reasons,
       contract, suggestion, 'epoch'::timestamptz + "nextBillAt" * interval '1 millisecond', rise
     from jsonb_to_recordset($3) as told ("memberId" text, "membershipId" text, "planId" text, segment text,
       "mrrMinor" bigint, "otherMrr" jsonb, probability float8, band text, confidence text, reasons text[], contract text[],
       suggestion text, "nextBillAt" float8, rise text)
     where "memberId" not in (select user_id from opted_out where company_id = $1 and platform = 'whop')`,
    [
      companyId,
      week,
      JSON.stringify(scan.members.map((member) => ({ ...member, rise: rises.get(member.memberId) ?? null }))),
    ],
  );
}

/** How likely a member was to leave, by the Monday of each week in which that was said. */
export async function readRiskHistory(
  database: Queryable,
  { companyId, memberId, until }: { companyId: string; memberId: string; until: Instant },
): Promise<Map<Day, number>> {
  const { rows } = await database.query<{ week: Day; probability: number }>(
    `select churn_score.week::text, probability
     from churn_score join churn_scan using (company_id, week)
     where company_id = $1 and member_id = $2 and at <= $3`,
    [companyId, memberId, new Date(until)],
  );
  return new Map(rows.map(({ week, probability }) => [week, probability]));
}
