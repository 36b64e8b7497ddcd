import type { Pool } from 'pg';

export type WhopUser = { id: string; username: string | null; name: string | null };

/** Customers of a company whose name or id holds what was typed, by name; 25 at most. */
export async function findWhopUsers(
  database: Pick<Pool, 'query'>,
  companyId: string,
  typed: string,
): Promise<WhopUser[]> {
  const { rows } = await database.query<WhopUser>(
    `select id, username, name from customer
     where company_id = $1 and strpos(lower(concat_ws(' ', username, name, id)), lower($2)) > 0
     order by lower(coalesce(username, name, id)), id limit 25`,
    [companyId, typed],
  );
  return rows;
}

/** The one customer that has this id or, in letters of either size, this user name. */
export async function readWhopUser(
  database: Pick<Pool, 'query'>,
  companyId: string,
  idOrUsername: string,
): Promise<WhopUser | null> {
  const { rows } = await database.query<WhopUser>(
    `select id, username, name from customer
     where company_id = $1 and (id = $2 or lower(username) = lower($2)) order by id = $2 desc, id limit 1`,
    [companyId, idOrUsername],
  );
  return rows[0] ?? null;
}
