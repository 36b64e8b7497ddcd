import type { Pool } from 'pg';

/** The Whop users of a company who don't want to be scored or listed, by their own word on either platform. */
export async function readOptedOut(database: Pick<Pool, 'query'>, companyId: string): Promise<Set<string>> {
  const { rows } = await database.query<{ id: string }>(
    `select user_id as id from opted_out where company_id = $1 and platform = 'whop'
     union
     select whop_user_id from opted_out
     join account_link on account_link.company_id = $1 and discord_user_id = user_id
     where opted_out.company_id = $1 and platform = 'discord'`,
    [companyId],
  );
  return new Set(rows.map(({ id }) => id));
}
