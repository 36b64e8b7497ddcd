import type { Pool } from 'pg';
import type { AccountLink, LinkSource, Standing } from '../../domain/account-link.ts';
import type { Instant } from '../../domain/facts.ts';
import { inTransaction } from '../transaction.ts';
import { createLinkCode, hashLinkCode } from './link-code.ts';
import { writeLink, writeUnlink } from './write-link.ts';

/** Changes who is who; each answers what stands in the way, or null where it is done. */
export type AccountLinks = {
  /** A code that is good once, for 15 minutes; the one before isn't any more. */
  giveCode(companyId: string, discordUserId: string, now: Instant): Promise<string>;
  link(companyId: string, link: AccountLink): Promise<Standing | null>;
  unlink(
    companyId: string,
    unlinking: { discordUserId: string; source: LinkSource; at: Instant },
  ): Promise<Standing | null>;
};

const codeMs = 15 * 60_000;

export function createAccountLinks(pool: Pool): AccountLinks {
  return {
    giveCode: (companyId, discordUserId, now) => giveCode(pool, { companyId, discordUserId, now }),
    link: (companyId, link) =>
      inTransaction(pool, { facts: [companyId] }, (client) => writeLink(client, companyId, link)),
    unlink: (companyId, unlinking) =>
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
