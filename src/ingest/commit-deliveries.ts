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
  const all = [...byKey.values()];
  // One JSON text: as elements of an array each payload would be escaped once more.
  const inserted = await client.query<{ companyId: string; source: string; eventId: string }>(
    `insert into inbox (company_id, source, event_id, type, sent_at, received_at, payload, error)
     select company_id, source, event_id, type, sent_at, received_at, payload, error
     from rows from (
       unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[]),
       jsonb_array_elements($8::jsonb)
     ) as delivery (company_id, source, event_id, type, sent_at, received_at, error, payload)
     on conflict (company_id, source, event_id) do nothing
     returning company_id as "companyId", source, event_id as "eventId"`,
    [
      all.map(({ companyId }) => companyId),
      all.map(({ source }) => source),
      all.map(({ eventId }) => eventId),
      all.map(({ type }) => type),
      all.map(({ sentAt }) => new Date(sentAt)),
      all.map(({ receivedAt }) => new Date(receivedAt)),
      all.map(({ error }) => error),
      JSON.stringify(all.map(({ payload }) => payload)),
    ],
  );
  return inserted.rows.flatMap((row) => byKey.get(keyOf(row)) ?? []);
}

function keyOf({ companyId, source, eventId }: { companyId: string; source: string; eventId: string }): string {
  return JSON.stringify([companyId, source, eventId]);
}
