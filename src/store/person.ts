import type { Pool } from 'pg';
import type { Account } from '../domain/activity.ts';

/** Whose it is: the account itself and the one that is linked with it; null where there is none. */
export type Person = { discordUserId: string | null; whopUserId: string | null };

export async function readPersonOf(
  database: Pick<Pool, 'query'>,
  companyId: string,
  { platform, id }: Account,
): Promise<Person> {
  const { rows } = await database.query<Person>(
    `select discord_user_id as "discordUserId", whop_user_id as "whopUserId" from account_link
     where company_id = $1 and case $2 when 'discord' then discord_user_id else whop_user_id end = $3`,
    [companyId, platform, id],
  );
  const [linked] = rows;
  if (linked !== undefined) return linked;
  return platform === 'discord' ? { discordUserId: id, whopUserId: null } : { discordUserId: null, whopUserId: id };
}
