import type { Pool } from 'pg';
import type { AccountLink } from '../../domain/account-link.ts';
import type { Instant } from '../../domain/facts.ts';
import { inTransaction } from '../transaction.ts';
import { createLinkCode, hashLinkCode } from './link-code.ts';
import { type Unlinking, writeLink, writeUnlink } from './write-link.ts';

const codeMs = 15 * 60_000;

/** What changes who is who; each answers what stands in the way, or null where it is done. */
export function createAccountLinks(pool: Pool) {
  return {
    /** A code that is good once, for 15 minutes; the one before isn't any more. */
    giveCode: (companyId: string, discordUserId: string, now: Instant) =>
      giveCode(pool, { companyId, discordUserId, now }),
    link: (companyId: string, link: AccountLink) =>
      inTransaction(pool, { facts: [companyId] }, (client) => writeLink(client, companyId, link)),
    keepLookup: (companyId: string, whopUserId: string, askedAt: Instant) =>
      keepLookup(pool, { companyId, whopUserId, askedAt }),
    unlink: (companyId: string, unlinking: Unlinking) =>
      inTransaction(pool, { facts: [companyId] }, (client) => writeUnlink(client, companyId, unlinking)),
  };
}

type Giving = { companyId: string; discordUserId: string; now: Instant };

async function giveCode(pool: Pool, { companyId, discordUserId, now }: Giving): Promise<string> {
  const code = createLinkCode();
  await pool.query('delete from link_code where company_id = $1 and expires_at <= $2', [companyId, new Date(now)]);
  await pool.query(
    `insert into link_code (company_id, discord_user_id, code_hash, expires_at) values ($1, $2, $3, $4)
     on conflict (company_id, discord_user_id) do update
       set code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
    [companyId, discordUserId, hashLinkCode(code), new Date(now + codeMs)],
  );
  return code;
}

type Lookup = { companyId: string; whopUserId: string; askedAt: Instant };

async function keepLookup(pool: Pool, { companyId, whopUserId, askedAt }: Lookup): Promise<void> {
  await pool.query(
    `insert into account_lookup (company_id, whop_user_id, asked_at) values ($1, $2, $3)
     on conflict (company_id, whop_user_id) do update set asked_at = excluded.asked_at`,
    [companyId, whopUserId, new Date(askedAt)],
  );
}
