import { Buffer } from 'node:buffer';
import type { Pool } from 'pg';
import { enqueue, type MessageName, type OutgoingMessage } from './outbox.ts';
import { inOneTransaction } from './transaction.ts';

/** A message that this process is to post or to edit, for a while. */
export type TakenMessage = MessageName & {
  id: string;
  channelId: string;
  direct: boolean;
  message: OutgoingMessage;
  revision: number;
  /** Null: it is to be posted. */
  messageId: string | null;
  attempt: number;
  /** Whether an earlier attempt may have posted it. */
  uncertain: boolean;
  createdAt: Date;
};

export type ChannelProblem = 'missing' | 'forbidden';

type StoredBody = Omit<OutgoingMessage, 'files'> & { files: { name: string; description: string; base64: string }[] };
type Row = Omit<TakenMessage, 'message'> & { body: StoredBody };

/**
 * Takes the next message for so long: of each channel only the first that waits, so that they come in their order. Times are kept
 * in whole ms, to which what was enqueued half a ms ago may have been rounded up: so is the time that it is compared with.
 */
export async function takeMessage(pool: Pool, leaseMs: number): Promise<TakenMessage | null> {
  const { rows } = await pool.query<Row>(
    `with next as (
       select id, uncertain from outbox
       where free_at <= now()::timestamptz(3) and not exists (
         select from outbox earlier
         where earlier.channel_id = outbox.channel_id and earlier.seq < outbox.seq and earlier.free_at is not null)
       order by seq limit 1 for update skip locked)
     update outbox set attempt = attempt + 1, free_at = now() + $1 * interval '1 millisecond', uncertain = message_id is null
     from next where outbox.id = next.id
     returning company_id as "companyId", key, outbox.id, channel_id as "channelId", direct, body, revision,
       message_id as "messageId", attempt, next.uncertain, created_at as "createdAt"`,
    [leaseMs],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { body, ...taken } = row;
  const files = body.files.map(({ base64, ...file }) => ({ ...file, bytes: Buffer.from(base64, 'base64') }));
  return { ...taken, message: { ...body, files } };
}

const taken = 'id = $1 and attempt = $2';

/** It is shown as it was when it was taken; what was to be shown since is next. */
export async function markPosted(pool: Pool, message: TakenMessage, messageId: string): Promise<void> {
  const { companyId, channelId, id, attempt, revision } = message;
  await pool.query(
    `update outbox set message_id = $3, uncertain = false, attempt = 0,
       body = case when revision = $4 then null else body end, free_at = case when revision = $4 then null else now() end
     where ${taken}`,
    [id, attempt, messageId, revision],
  );
  await pool.query(`delete from channel_trouble where company_id = $1 and channel_id = $2`, [companyId, channelId]);
}

/** It is tried again after so long; `uncertain` where it may have been posted all the same. */
export async function markDelayed(
  pool: Pool,
  { id, attempt }: TakenMessage,
  { delayMs, uncertain }: { delayMs: number; uncertain: boolean },
): Promise<void> {
  await pool.query(`update outbox set free_at = now() + $3 * interval '1 millisecond', uncertain = $4 where ${taken}`, [
    id,
    attempt,
    delayMs,
    uncertain,
  ]);
}

/** It can't be posted as it is: it is given up, and not kept. */
export async function markDropped(pool: Pool, { id, attempt }: TakenMessage, failure: string): Promise<void> {
  await pool.query(`update outbox set free_at = null, body = null, failure = $3 where ${taken}`, [
    id,
    attempt,
    failure,
  ]);
}

/** Remembers that a channel can't be posted to, and tells whoever set it up, once: until a message gets through again. */
export async function recordTrouble(
  pool: Pool,
  { companyId, channelId }: Pick<TakenMessage, 'companyId' | 'channelId'>,
  { problem, message }: { problem: ChannelProblem; message: OutgoingMessage },
): Promise<void> {
  await inOneTransaction(pool, async (client) => {
    const { rows } = await client.query<{ since: Date }>(
      `insert into channel_trouble (company_id, channel_id, problem, since) values ($1, $2, $3, now())
       on conflict (company_id, channel_id) do nothing returning since`,
      [companyId, channelId, problem],
    );
    const since = rows[0]?.since;
    if (since === undefined) return;
    const settings = await client.query<{ userId: string }>(
      `select set_up_by as "userId" from guild_settings
       where company_id = $1 and $2 in (staff_channel_id, digest_channel_id) and set_up_by <> '' limit 1`,
      [companyId, channelId],
    );
    const userId = settings.rows[0]?.userId;
    const key = `trouble ${channelId} ${since.toISOString()}`;
    if (userId !== undefined) await enqueue(client, { companyId, key, userId, message });
  });
}
