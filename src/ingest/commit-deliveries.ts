import type { PoolClient } from 'pg';
import type { Delivery } from './delivery.ts';
import type { IngestParts } from './ingest.ts';
import { recordFacts } from './record-facts.ts';
import { inTransaction } from './transaction.ts';

/** Commits deliveries and all that follows from them in one transaction; repeats change nothing. */
export function commitDeliveries(
  { pool, settings }: Pick<IngestParts, 'pool' | 'settings'>,
  deliveries: readonly Delivery[],
): Promise<void> {
  const companyIds = deliveries.map(({ companyId }) => companyId);
  return inTransaction(pool, companyIds, async (client) => {
    const fresh = await insertIntoInbox(client, deliveries);
    const told = {
      snapshots: fresh.flatMap(({ snapshots }) => snapshots),
      changes: fresh.flatMap(({ companyId, changes }) => changes.map((change) => ({ ...change, companyId }))),
    };
    await recordFacts(client, told, settings);
  });
}

/** Keeps each delivery under its key and answers with those that weren't there yet. */
async function insertIntoInbox(client: PoolClient, deliveries: readonly Delivery[]): Promise<Delivery[]> {
  const byKey = new Map(deliveries.map((delivery) => [keyOf(delivery), delivery]));
  const rows = [...byKey.values()].map((delivery) => ({
    company_id: delivery.companyId,
    source: delivery.source,
    event_id: delivery.eventId,
    type: delivery.type,
    sent_at: new Date(delivery.sentAt),
    received_at: new Date(delivery.receivedAt),
    payload: delivery.payload,
    error: delivery.error,
  }));
  const inserted = await client.query<{ companyId: string; source: string; eventId: string }>(
    `insert into inbox (company_id, source, event_id, type, sent_at, received_at, payload, error)
     select company_id, source, event_id, type, sent_at, received_at, coalesce(payload, 'null'), error
     from jsonb_to_recordset($1) as delivery (company_id text, source text, event_id text, type text,
       sent_at timestamptz, received_at timestamptz, payload jsonb, error text)
     on conflict (company_id, source, event_id) do nothing
     returning company_id as "companyId", source, event_id as "eventId"`,
    [JSON.stringify(rows)],
  );
  return inserted.rows.flatMap((row) => byKey.get(keyOf(row)) ?? []);
}

function keyOf({ companyId, source, eventId }: { companyId: string; source: string; eventId: string }): string {
  return JSON.stringify([companyId, source, eventId]);
}
