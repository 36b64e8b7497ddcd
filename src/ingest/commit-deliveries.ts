import type { PoolClient } from 'pg';
import { platforms } from '../domain/activity.ts';
import { groupBy } from '../domain/group-by.ts';
import { readyToRecord } from './activities/commit-activities.ts';
import { leaveOutKnownReactions } from './activities/first-told.ts';
import { type Activities, recordActivities } from './activities/record-activities.ts';
import type { Delivery } from './delivery.ts';
import type { IngestParts } from './ingest.ts';
import { claimLink } from './links/claim-links.ts';
import { recordAlerts } from './record-alerts.ts';
import { recordFacts } from './record-facts.ts';
import { inTransaction } from './transaction.ts';

/** Commits deliveries and all that follows from them in one transaction; repeats change nothing. */
export async function commitDeliveries(
  parts: Pick<IngestParts, 'pool' | 'settings' | 'activityRetentionDays'>,
  deliveries: readonly Delivery[],
): Promise<void> {
  const activities = await activitiesOf(parts, deliveries);
  const locks = {
    facts: deliveries.flatMap(({ companyId, linkClaim }) => [companyId, ...(linkClaim ? [linkClaim.companyId] : [])]),
    activities: activities.map(({ companyId }) => companyId),
  };
  await inTransaction(parts.pool, locks, async (client) => {
    const fresh = await insertIntoInbox(client, deliveries);
    const told = {
      snapshots: fresh.flatMap(({ snapshots }) => snapshots),
      changes: fresh.flatMap(({ companyId, changes }) => changes.map((change) => ({ ...change, companyId }))),
    };
    const merged = await recordFacts(client, told, parts.settings);
    await recordAlerts(client, merged, Math.max(...deliveries.map(({ receivedAt }) => receivedAt)));
    await claimLinks(client, fresh);
    // What tells no time of its own has that of its delivery, which may be another one at a repeat.
    const toldFirst = new Set(fresh.flatMap((delivery) => delivery.activities));
    for (const some of activities) {
      const first = some.activities.filter((activity) => toldFirst.has(activity));
      const unknown = await leaveOutKnownReactions(client, { ...some, activities: first });
      await recordActivities(client, unknown, parts.settings);
    }
  });
}

async function claimLinks(client: PoolClient, deliveries: readonly Delivery[]): Promise<void> {
  for (const { linkClaim, receivedAt } of deliveries) if (linkClaim) await claimLink(client, linkClaim, receivedAt);
}

/** What deliveries tell of chat, by company and platform. */
async function activitiesOf(
  parts: Pick<IngestParts, 'pool' | 'activityRetentionDays' | 'ownWhopUserId'>,
  deliveries: readonly Delivery[],
): Promise<Activities[]> {
  const now = Math.max(...deliveries.map(({ receivedAt }) => receivedAt));
  const told = deliveries.flatMap(({ activities }) => activities);
  const groups = platforms.flatMap((platform) =>
    [
      ...groupBy(
        told.filter((one) => one.platform === platform),
        ({ companyId }) => companyId,
      ),
    ].map(([companyId, activities]) => ({ companyId, platform, activities })),
  );
  return Promise.all(groups.map((group) => readyToRecord(parts, group, now)));
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
