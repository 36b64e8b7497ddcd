import type { Pool } from 'pg';
import type { AccountLink, LinkSource } from '../domain/account-link.ts';
import type { WhopUser } from './whop-users.ts';

export type LinkOf = WhopUser & { source: LinkSource };

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

/** Who somebody is on Whop, and who says so; null where nobody does. */
export async function readLinkOf(
  database: Pick<Pool, 'query'>,
  companyId: string,
  discordUserId: string,
): Promise<LinkOf | null> {
  const { rows } = await database.query<LinkOf>(
    `select whop_user_id as id, username, name, source
     from account_link link
     left join customer on customer.company_id = link.company_id and customer.id = whop_user_id
     where link.company_id = $1 and discord_user_id = $2`,
    [companyId, discordUserId],
  );
  return rows[0] ?? null;
}
