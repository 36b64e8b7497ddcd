import type { Pool } from 'pg';

type Queryable = Pick<Pool, 'query'>;

/** When the last complete reconciliation of a company began, in milliseconds since 1970; null before the first one. */
export async function readReconciledAt(database: Queryable, companyId: string): Promise<number | null> {
  const { rows } = await database.query<{ startedAt: number }>(
    `select (extract(epoch from started_at) * 1000)::bigint as "startedAt" from reconciliation where company_id = $1`,
    [companyId],
  );
  return rows[0]?.startedAt ?? null;
}

export async function writeReconciledAt(database: Queryable, companyId: string, startedAt: number): Promise<void> {
  await database.query(
    `insert into reconciliation (company_id, started_at) values ($1, $2)
     on conflict (company_id) do update set started_at = excluded.started_at`,
    [companyId, new Date(startedAt)],
  );
}
