import type { Pool } from 'pg';
import type { AccountLink } from '../domain/account-link.ts';

type Linked = Pick<AccountLink, 'discordUserId' | 'whopUserId'>;

/** Who is who in a company just now. Figures are made with this when they are read, so that unlinking changes all at once. */
export async function readLinks(database: Pick<Pool, 'query'>, companyId: string): Promise<Linked[]> {
  const { rows } = await database.query<Linked>(
    `select discord_user_id as "discordUserId", whop_user_id as "whopUserId"
     from account_link where company_id = $1 order by discord_user_id`,
    [companyId],
  );
  return rows;
}
