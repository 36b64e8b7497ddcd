import type { Pool } from 'pg';

/** What Whop's users are called, by id: by their user name, else their name; of whom neither is known, nothing. */
export async function readCustomerNames(
  database: Pick<Pool, 'query'>,
  companyId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await database.query<{ id: string; name: string }>(
    `select id, coalesce(username, name) as name from customer
     where company_id = $1 and id = any($2) and coalesce(username, name) is not null`,
    [companyId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
