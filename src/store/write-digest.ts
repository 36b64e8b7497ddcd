import type { Pool } from 'pg';
import { keepToldFigures, type ToldWeek } from './digest-figures.ts';
import { enqueue, type OutgoingMessage } from './outbox.ts';

export type DigestPost = { key: string; channelId: string; message: OutgoingMessage };

/** A digest as it is posted to a company's channels, and what it tells. */
export type WrittenDigest = {
  told: ToldWeek;
  figures: readonly { key: string; value: number }[];
  posts: readonly DigestPost[];
};

/** Posts a digest, each message once, and keeps what it says; in the transaction of the client. */
export async function writeDigest(client: Pick<Pool, 'query'>, { told, figures, posts }: WrittenDigest): Promise<void> {
  const { companyId } = told;
  for (const post of posts) await enqueue(client, { companyId, ...post });
  await keepToldFigures(client, told, figures);
}
