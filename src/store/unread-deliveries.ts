import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';

export type InboxKey = { companyId: string; source: string; eventId: string };

/** A delivery that was kept since it couldn't be understood, or its facts not be stored. */
export type UnreadDelivery<Payload> = InboxKey & { sentAt: Instant; receivedAt: Instant; payload: Payload };

type Queryable = Pick<Pool, 'query'>;

export async function countUnreadDeliveries(database: Queryable, companyId: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    'select count(*) as count from inbox where company_id = $1 and error is not null',
    [companyId],
  );
  return rows[0]?.count ?? 0;
}

/** Some of a company's, in the order of their ids, behind the one with this id. */
export async function readUnreadDeliveries<Payload>(
  database: Queryable,
  companyId: string,
  { after, limit }: { after: string; limit: number },
): Promise<UnreadDelivery<Payload>[]> {
  const { rows } = await database.query<UnreadDelivery<Payload>>(
    `select company_id as "companyId", source, event_id as "eventId", payload,
       (extract(epoch from sent_at) * 1000)::bigint as "sentAt",
       (extract(epoch from received_at) * 1000)::bigint as "receivedAt"
     from inbox where company_id = $1 and source = 'whop' and event_id > $2 and error is not null
     order by event_id limit $3`,
    [companyId, after, limit],
  );
  return rows;
}
