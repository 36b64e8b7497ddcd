import type { PoolClient } from 'pg';
import { platforms } from '../domain/activity.ts';
import type { Instant } from '../domain/facts.ts';
import { groupBy } from '../domain/group-by.ts';
import type { InboxKey } from '../store/unread-deliveries.ts';
import { readyToRecord } from './activities/commit-activities.ts';
import { leaveOutKnownReactions } from './activities/first-told.ts';
import { type Activities, recordActivities } from './activities/record-activities.ts';
import type { Delivery } from './delivery.ts';
import type { IngestParts } from './ingest.ts';
import { claimLink } from './links/claim-links.ts';
import { recordAlerts } from './record-alerts.ts';
import { recordFacts } from './record-facts.ts';
import { inTransaction } from './transaction.ts';

type Parts = Pick<IngestParts, 'pool' | 'settings' | 'activityRetentionDays' | 'ownWhopUserId'>;

/** Commits deliveries and all that follows from them in one transaction; repeats change nothing. */
export async function commitDeliveries(parts: Parts, deliveries: readonly Delivery[]): Promise<void> {
  const now = Math.max(...deliveries.map(({ receivedAt }) => receivedAt));
  await commitTold(parts, { deliveries, now, take: (client) => insertIntoInbox(client, deliveries) });
}

/** Puts a delivery that is understood now in the place of what was kept of it unread, unless another did so meanwhile. */
export async function commitInPlace(parts: Parts, kept: InboxKey, delivery: Delivery, now: Instant): Promise<void> {
  const take = async (client: PoolClient) =>
    (await removeUnread(client, kept)) ? insertIntoInbox(client, [delivery]) : [];
  await commitTold(parts, { deliveries: [delivery], now, take });
}

/** `take` answers with those that are to be told: whoever has told them before isn't asked twice. */
type Telling = {
  deliveries: readonly Delivery[];
  now: Instant;
  take(client: PoolClient): Promise<Delivery[]>;
};

async function commitTold(parts: Parts, { deliveries, now, take }: Telling): Promise<void> {
  const activities = await activitiesOf(parts, deliveries, now);
  const locks = {
    facts: deliveries.flatMap(({ companyId, linkClaim }) => [companyId, ...(linkClaim ? [linkClaim.companyId] : [])]),
    activities: activities.map(({ companyId }) => companyId),
  };
  await inTransaction(parts.pool, locks, async (client) => {
    const fresh = await take(client);
    const told = {
      snapshots: fresh.flatMap(({ snapshots }) => snapshots),
      changes: fresh.flatMap(({ companyId, changes }) => changes.map((change) => ({ ...change, companyId }))),
    };
    const merged = await recordFacts(client, told, parts.settings);
    await recordAlerts(client, { merged, snapshots: told.snapshots }, now);
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

async function removeUnread(client: PoolClient, { companyId, source, eventId }: InboxKey): Promise<boolean> {
  const { rowCount } = await client.query(
    'delete from inbox where company_id = $1 and source = $2 and event_id = $3 and error is not null',
    [companyId, source, eventId],
  );
  return rowCount === 1;
}

async function claimLinks(client: PoolClient, deliveries: readonly Delivery[]): Promise<void> {
  for (const { linkClaim, receivedAt } of deliveries) if (linkClaim) await claimLink(client, linkClaim, receivedAt);
}

/** What deliveries tell of chat, by company and platform. */
async function activitiesOf(parts: Parts, deliveries: readonly Delivery[], now: Instant): Promise<Activities[]> {
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

/** Told apart by spaces, of which neither a source's name nor an event's id has one. */
function keyOf({ companyId, source, eventId }: InboxKey): string {
  return `${source} ${eventId} ${companyId}`;
}
