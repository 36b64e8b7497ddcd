import type { Pool, PoolClient } from 'pg';
import type { Activity } from '../../domain/activity.ts';
import type { Instant } from '../../domain/facts.ts';
import type { IngestParts } from '../ingest.ts';
import { inTransaction } from '../transaction.ts';
import { defaultRetentionDays, makeRoom } from './commit-activities.ts';
import { isKept } from './partitions.ts';
import { recordActivities } from './record-activities.ts';

/** Someone in a voice or stage channel. */
export type Presence = { accountId: string; channelId: string; kind: 'voice' | 'stage' };

/** Who is in the voice channels of a Discord server at an instant. */
export type VoiceNews = {
  /** Null where the server belongs to nobody, any more. */
  companyId: string | null;
  guildId: string;
  at: Instant;
  /** From when on nothing in it was missed. */
  watchedSince: Instant;
  present: readonly Presence[];
  /**
   * Whom this tells about; null for everybody. Whoever isn't `present` has just left where it is about them alone; where it is
   * about everybody nobody has seen them leave.
   */
  accountId: string | null;
};

type CompanyNews = VoiceNews & { companyId: string };

type Ended = Presence & { startedAt: Instant; endedAt: Instant };

type Parts = Pick<IngestParts, 'pool' | 'settings' | 'activityRetentionDays'>;

/** While somebody is in a server's channels, and somebody watches, news comes every minute. */
const longestUntoldMs = 24 * 60 * 60_000;

/** A session goes on over so long a time in which nobody watched; after more of it, nobody knows that it did. */
const longestUnseenMs = 5 * 60_000;

/**
 * Begins and ends sessions by the news, and ends those that no news will come of. A session is deleted and recorded as an
 * activity in one transaction, so that it counts once. Its id is its beginning; it belongs to the day of that.
 */
export async function commitVoice(parts: Parts, news: VoiceNews): Promise<void> {
  const { companyId } = news;
  for (const left of await readLeft(parts.pool, news)) {
    await commitOf(parts, { ...news, ...left, present: [], accountId: null });
  }
  if (companyId !== null) await commitOf(parts, { ...news, companyId });
}

type Left = Pick<CompanyNews, 'companyId' | 'guildId'>;

/**
 * Where sessions were left open: for another company that this server belonged to, and in servers that nobody has told of for a
 * day, such as one that the bot was removed from while it was away.
 */
async function readLeft(pool: Pool, { companyId, guildId, at }: VoiceNews): Promise<Left[]> {
  const { rows } = await pool.query<Left>(
    `select company_id as "companyId", guild_id as "guildId" from voice_session
     group by company_id, guild_id
     having case when guild_id = $1 then company_id is distinct from $2 else max(seen_at) < $3 end
     order by company_id, guild_id`,
    [guildId, companyId, new Date(at - longestUntoldMs)],
  );
  return rows;
}

async function commitOf(parts: Parts, news: CompanyNews): Promise<void> {
  const { companyId, guildId, at, present } = news;
  const { pool, settings, activityRetentionDays = defaultRetentionDays } = parts;
  // Where a session that begins now will be stored, once it ends.
  await makeRoom(pool, [at]);
  await inTransaction(pool, { activities: [companyId] }, async (client) => {
    const ended = (await endSessions(client, news)).filter(({ startedAt }) =>
      isKept(startedAt, at, activityRetentionDays),
    );
    const activities = ended.map((one) => activityOf(news, one));
    await recordActivities(client, { companyId, platform: 'discord', activities }, settings);
    await client.query(
      `insert into voice_session as kept (company_id, guild_id, account_id, channel_id, kind, started_at, seen_at)
       select $1, $2, account_id, channel_id, kind, $3, $3
       from unnest($4::text[], $5::text[], $6::text[]) as present (account_id, channel_id, kind)
       on conflict (company_id, guild_id, account_id) do update set seen_at = greatest(kept.seen_at, excluded.seen_at)`,
      [
        companyId,
        guildId,
        new Date(at),
        present.map(({ accountId }) => accountId),
        present.map(({ channelId }) => channelId),
        present.map(({ kind }) => kind),
      ],
    );
  });
}

async function endSessions(client: PoolClient, news: CompanyNews) {
  const { companyId, guildId, at, watchedSince, present, accountId } = news;
  const { rows } = await client.query<Ended>(
    `delete from voice_session
     where company_id = $1 and guild_id = $2 and ($3::text is null or account_id = $3)
       and (seen_at < $8 or (account_id, channel_id, kind) not in (
         select account_id, channel_id, kind
         from unnest($4::text[], $5::text[], $6::text[]) as present (account_id, channel_id, kind)))
     returning account_id as "accountId", channel_id as "channelId", kind,
       (extract(epoch from started_at) * 1000)::bigint as "startedAt",
       (extract(epoch from case when $3::text is null or seen_at < $8 then seen_at else $7 end) * 1000)::bigint as "endedAt"`,
    [
      companyId,
      guildId,
      accountId,
      present.map((one) => one.accountId),
      present.map(({ channelId }) => channelId),
      present.map(({ kind }) => kind),
      new Date(at),
      new Date(watchedSince - longestUnseenMs),
    ],
  );
  return rows;
}

function activityOf({ companyId, guildId }: CompanyNews, ended: Ended): Activity {
  const { accountId, channelId, kind, startedAt, endedAt } = ended;
  return {
    companyId,
    platform: 'discord',
    kind,
    id: `${guildId}:${accountId}:${startedAt}`,
    at: startedAt,
    accountId,
    channelId,
    seconds: Math.max(0, Math.round((endedAt - startedAt) / 1000)),
  };
}
