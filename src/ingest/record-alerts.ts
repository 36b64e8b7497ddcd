import type { PoolClient } from 'pg';
import { alertNews } from '../domain/alerts/alert-news.ts';
import type { Instant } from '../domain/facts.ts';
import type { Merged } from './merge-snapshots.ts';
import { inserting } from './rows.ts';

const insertAlerts = inserting('alert', [
  { name: 'company_id', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'subject', type: 'text' },
  { name: 'thing_id', type: 'text' },
  { name: 'at', type: 'timestamptz' },
  { name: 'found_at', type: 'timestamptz' },
  { name: 'state', type: 'text' },
]);

/** Keeps what staff may have to know of changes, in the transaction that makes them; what is known already stays as it is. */
export async function recordAlerts(client: PoolClient, merged: readonly Merged[], now: Instant): Promise<void> {
  const rows = merged.flatMap((changed) => {
    const news = alertNews(changed, now);
    if (news === null) return [];
    const { kind, subject, thingId, at } = news;
    const times = { at: new Date(at), found_at: new Date(now) };
    return [{ company_id: changed.companyId, kind, subject, thing_id: thingId, ...times, state: 'waiting' }];
  });
  if (rows.length > 0) await insertAlerts(client, rows);
}
