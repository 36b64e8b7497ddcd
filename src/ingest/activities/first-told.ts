import type { PoolClient } from 'pg';
import type { Activity } from '../../domain/activity.ts';
import type { Activities } from './record-activities.ts';

/**
 * Without the reactions on Whop that were told before. Nothing but the event tells when one was, so that what tells it again, by
 * another webhook, may tell another time: it counts once by its id, as of the first word of it. The caller holds the lock of the
 * company's activities, and stores what this answers.
 */
export async function leaveOutKnownReactions(client: PoolClient, told: Activities): Promise<Activities> {
  const { companyId, platform, activities } = told;
  const reactions = activities.filter(({ kind }) => kind === 'reaction');
  if (platform !== 'whop' || reactions.length === 0) return told;
  const first = firstById(reactions);
  const { rows } = await client.query<{ id: string }>(
    `insert into whop_reaction (company_id, id, at)
     select $1, id, 'epoch'::timestamptz + ms * interval '1 millisecond'
     from unnest($2::text[], $3::bigint[]) as reaction (id, ms)
     on conflict (company_id, id) do nothing
     returning id`,
    [companyId, [...first.keys()], [...first.values()].map(({ at }) => at)],
  );
  const fresh = new Set(rows.map(({ id }) => first.get(id)));
  return { ...told, activities: activities.filter((one) => one.kind !== 'reaction' || fresh.has(one)) };
}

function firstById(reactions: readonly Activity[]): Map<string, Activity> {
  const newestFirst = reactions.toSorted((a, b) => b.at - a.at);
  return new Map(newestFirst.map((one) => [one.id, one]));
}
