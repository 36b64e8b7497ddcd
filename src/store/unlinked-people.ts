import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';
import type { WhopUser } from './whop-users.ts';

type Queryable = Pick<Pool, 'query'>;

/**
 * Discord users (ids) who were active since an instant and are linked with nobody, those first who were on most days. Left out is
 * who wants to be neither linked nor listed.
 */
export async function readUnlinkedActive(
  database: Queryable,
  { companyId, since, limit }: { companyId: string; since: Instant; limit: number },
): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select account.id
     from account
     join activity_people people on people.company_id = $1 and people.platform = '' and channel_id = ''
       and block = number / 4096 and get_bit(accounts, number % 4096) = 1 and day >= $2
     where account.company_id = $1 and account.platform = 'discord'
       and not exists (select from account_link where company_id = $1 and discord_user_id = account.id)
       and not exists (select from account_unlink where company_id = $1 and discord_user_id = account.id)
       and not exists (
         select from opted_out where company_id = $1 and platform = 'discord' and user_id = account.id)
     group by account.id order by count(*) desc, account.id limit $3`,
    [companyId, new Date(since).toISOString().slice(0, 'YYYY-MM-DD'.length), limit],
  );
  return rows.map(({ id }) => id);
}

/** Those who have or had a membership, have a name and are linked with nobody; not who wants to be left out. */
export async function readUnlinkedMembers(database: Queryable, companyId: string): Promise<WhopUser[]> {
  const { rows } = await database.query<WhopUser>(
    `select id, username, name from customer
     where company_id = $1 and coalesce(username, name) is not null
       and exists (select from membership where company_id = $1 and user_id = customer.id)
       and not exists (select from account_link where company_id = $1 and whop_user_id = customer.id)
       and not exists (select from opted_out where company_id = $1 and platform = 'whop' and user_id = customer.id)
     order by id`,
    [companyId],
  );
  return rows;
}
