import type { PoolClient } from 'pg';
import { type AccountLink, inTheWay, type Standing } from '../../domain/account-link.ts';
import type { Instant } from '../../domain/facts.ts';

/**
 * Links two accounts in place of what they were linked with before. The caller holds the lock of the company's facts.
 * @returns what stands in the way; null where they are linked now
 */
export async function writeLink(
  client: PoolClient,
  companyId: string,
  { discordUserId, whopUserId, source, linkedAt }: AccountLink,
): Promise<Standing | null> {
  const refusal = inTheWay(source, await readStanding(client, companyId, { discordUserId, whopUserId }));
  if (refusal !== null) return refusal;
  const accounts = [companyId, discordUserId, whopUserId];
  await client.query(
    'delete from account_link where company_id = $1 and (discord_user_id = $2 or whop_user_id = $3)',
    accounts,
  );
  await client.query('delete from account_unlink where company_id = $1 and discord_user_id = $2', accounts.slice(0, 2));
  await client.query(
    `insert into account_link (company_id, discord_user_id, whop_user_id, source, linked_at) values ($1, $2, $3, $4, $5)`,
    [...accounts, source, new Date(linkedAt)],
  );
  return null;
}

export type Unlinking = Pick<AccountLink, 'discordUserId' | 'source'> & { unlinkedAt: Instant };

/**
 * Removes a link, and keeps that it was: nobody who is trusted less links them again. The caller holds the lock of the
 * company's facts.
 * @returns what stands in the way; null where they are linked no more
 */
export async function writeUnlink(
  client: PoolClient,
  companyId: string,
  { discordUserId, source, unlinkedAt }: Unlinking,
): Promise<Standing | null> {
  const refusal = inTheWay(source, await readStanding(client, companyId, { discordUserId, whopUserId: null }));
  if (refusal !== null) return refusal;
  await client.query('delete from account_link where company_id = $1 and discord_user_id = $2', [
    companyId,
    discordUserId,
  ]);
  await client.query(
    `insert into account_unlink (company_id, discord_user_id, source, unlinked_at) values ($1, $2, $3, $4)
     on conflict (company_id, discord_user_id) do update set source = excluded.source, unlinked_at = excluded.unlinked_at`,
    [companyId, discordUserId, source, new Date(unlinkedAt)],
  );
  return null;
}

async function readStanding(
  client: PoolClient,
  companyId: string,
  accounts: { discordUserId: string; whopUserId: string | null },
): Promise<Standing[]> {
  const { rows } = await client.query<Standing>(
    `select 'linked' as said, source from account_link
     where company_id = $1 and (discord_user_id = $2 or whop_user_id = $3)
     union all
     select 'unlinked', source from account_unlink where company_id = $1 and discord_user_id = $2`,
    [companyId, accounts.discordUserId, accounts.whopUserId],
  );
  return rows;
}
