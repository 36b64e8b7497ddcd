import type { PoolClient } from 'pg';
import { type AlertNews, alertNews, lostTrialNews } from '../domain/alerts/alert-news.ts';
import type { Instant, Snapshot } from '../domain/facts.ts';
import { readLostTrials } from '../store/alerts/lost-trials.ts';
import type { Merged } from './merge-snapshots.ts';
import { recordset } from './rows.ts';

const columns = [
  { name: 'company_id', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'subject', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'thing_id', type: 'text' },
  { name: 'at', type: 'timestamptz' },
  { name: 'found_at', type: 'timestamptz' },
  { name: 'state', type: 'text' },
];
const names = columns.map(({ name }) => name).join(', ');

/** What had come right, and is wrong again, waits again; what was told or left out for another reason stays so. */
const writing = `insert into alert as known (${names}) select ${names} from ${recordset(columns)}
  on conflict (company_id, kind, subject) do update set at = excluded.at, state = 'waiting', decided_at = null,
    found_at = case known.state when 'waiting' then known.found_at else excluded.found_at end
  where known.state in ('waiting', 'settled')`;

type News = AlertNews & { companyId: string };

/** Keeps what staff may have to know of what was told, in the transaction that keeps that. */
export async function recordAlerts(
  client: PoolClient,
  { merged, snapshots }: { merged: readonly Merged[]; snapshots: readonly Snapshot[] },
  now: Instant,
): Promise<void> {
  const changed = merged.flatMap((one) => alertNews(one, now).map((news) => ({ ...news, companyId: one.companyId })));
  const all = [...changed, ...(await lostTrials(client, snapshots, now))];
  // A dispute and its payment may both tell of one warning.
  const rows = new Map(
    all.map((news) => [JSON.stringify([news.companyId, news.kind, news.subject]), rowOf(news, now)]),
  );
  if (rows.size > 0) await client.query(writing, [JSON.stringify([...rows.values()])]);
}

const trialStatuses: ReadonlySet<unknown> = new Set(['trialing', 'canceled', 'expired', 'completed']);

/** That it was a trial may be told after it has ended. */
async function lostTrials(client: PoolClient, snapshots: readonly Snapshot[], now: Instant): Promise<News[]> {
  const seen = snapshots.filter(({ kind, values }) => kind === 'membership' && trialStatuses.has(values.status));
  if (seen.length === 0) return [];
  const lost = await readLostTrials(client, seen);
  return lost.flatMap(({ companyId, id, endedAt }) =>
    lostTrialNews(id, endedAt, now).map((news) => ({ ...news, companyId })),
  );
}

function rowOf({ companyId, kind, subject, reason, thingId, at }: News, now: Instant): Record<string, unknown> {
  const times = { at: new Date(at), found_at: new Date(now) };
  return { company_id: companyId, kind, subject, reason, thing_id: thingId, ...times, state: 'waiting' };
}
