import type { Pool } from 'pg';

/** How far one list of a company's has been read. Times are milliseconds since 1970. */
export type BackfillProgress = {
  companyId: string;
  resource: string;
  /** Of a list that Whop has of each product alone: the one that is being read; null before the first and at the end. */
  productId: string | null;
  /** Where the list goes on; null before the first page and after the last one. */
  cursor: string | null;
  rowsRead: number;
  /** Those of `rowsRead` that couldn't be understood, or stored. */
  rowsUnread: number;
  startedAt: number;
  /** Null while there is more to read. */
  finishedAt: number | null;
};

type Queryable = Pick<Pool, 'query'>;

export async function readBackfillProgress(database: Queryable, companyId: string): Promise<BackfillProgress[]> {
  const { rows } = await database.query<BackfillProgress>(
    `select company_id as "companyId", resource, product_id as "productId", cursor,
       rows_read as "rowsRead", rows_unread as "rowsUnread",
       (extract(epoch from started_at) * 1000)::bigint as "startedAt",
       (extract(epoch from finished_at) * 1000)::bigint as "finishedAt"
     from backfill_progress where company_id = $1 order by resource`,
    [companyId],
  );
  return rows;
}

export async function writeBackfillProgress(database: Queryable, progress: BackfillProgress): Promise<void> {
  const { companyId, resource, productId, cursor, rowsRead, rowsUnread, startedAt, finishedAt } = progress;
  await database.query(
    `insert into backfill_progress
       (company_id, resource, product_id, cursor, rows_read, rows_unread, started_at, finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (company_id, resource) do update set product_id = excluded.product_id, cursor = excluded.cursor,
       rows_read = excluded.rows_read, rows_unread = excluded.rows_unread, started_at = excluded.started_at,
       finished_at = excluded.finished_at`,
    [
      companyId,
      resource,
      productId,
      cursor,
      rowsRead,
      rowsUnread,
      new Date(startedAt),
      finishedAt === null ? null : new Date(finishedAt),
    ],
  );
}

/** The next backfill of this company reads everything from the beginning. */
export async function forgetBackfillProgress(database: Queryable, companyId: string): Promise<void> {
  await database.query('delete from backfill_progress where company_id = $1', [companyId]);
}
