import { Buffer } from 'node:buffer';
import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';
import type { Pool } from 'pg';

/** A message as plain data; embeds refer to a file as `attachment://name`. It pings nobody. */
export type OutgoingMessage = {
  content?: string;
  embeds?: APIEmbed[];
  components?: APIActionRowComponent<APIComponentInMessageActionRow>[];
  files?: { name: string; description: string; bytes: Uint8Array }[];
};

/** Which message: what it tells, of which company. */
export type MessageName = { companyId: string; key: string };

/** A channel, or a person to whom it is said alone. */
export type Recipient = { channelId: string } | { userId: string };

type Queryable = Pick<Pool, 'query'>;

/**
 * Sees to it that a message is posted, once, by whichever process posts: in the transaction of what it tells, so that both are
 * there or neither. One of the same key is there already: then nothing happens.
 */
export async function enqueue(
  client: Queryable,
  { companyId, key, message, ...recipient }: MessageName & Recipient & { message: OutgoingMessage },
): Promise<void> {
  const direct = 'userId' in recipient;
  await client.query(
    `insert into outbox (company_id, key, channel_id, direct, body, revision, attempt, uncertain, free_at, created_at)
     values ($1, $2, $3, $4, $5, 1, 0, false, now(), now()) on conflict (company_id, key) do nothing`,
    [companyId, key, direct ? recipient.userId : recipient.channelId, direct, stored(message)],
  );
}

/**
 * Says what a message shows from now on: it is edited where it is, or posted like this if it isn't yet. Files that it has stay.
 * One that was never enqueued, or given up, stays as it is.
 */
export async function amend(
  client: Queryable,
  { companyId, key, message }: MessageName & { message: OutgoingMessage },
): Promise<void> {
  await client.query(
    `update outbox set body = $3, revision = revision + 1, free_at = coalesce(free_at, now())
     where company_id = $1 and key = $2 and failure is null`,
    [companyId, key, stored(message)],
  );
}

/** There is nothing more to be shown of what it tells: it stays where it is, or isn't posted. */
export async function giveUp(client: Queryable, { companyId, key }: MessageName): Promise<void> {
  await client.query(
    `update outbox set body = null, free_at = null, failure = 'forgotten' where company_id = $1 and key = $2`,
    [companyId, key],
  );
}

/** Sends what waits for one channel to another. */
export async function redirect(
  client: Queryable,
  { companyId, from, to }: { companyId: string; from: string; to: string },
): Promise<void> {
  await client.query(
    `update outbox set channel_id = $3, free_at = now()
     where company_id = $1 and channel_id = $2 and not direct and message_id is null and free_at is not null`,
    [companyId, from, to],
  );
  await client.query(`delete from channel_trouble where company_id = $1 and channel_id = $2`, [companyId, from]);
}

function stored({ files = [], ...body }: OutgoingMessage): string {
  const inText = files.map(({ bytes, ...file }) => ({ ...file, base64: Buffer.from(bytes).toString('base64') }));
  return JSON.stringify({ ...body, files: inText });
}
