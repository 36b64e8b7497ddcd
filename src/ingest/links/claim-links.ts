import type { PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import { writeLink } from './write-link.ts';

/** Someone has sent what looks like codes, on Whop. */
export type LinkClaim = { companyId: string; whopUserId: string; codeHashes: readonly string[] };

/**
 * Links whoever was given a code to whoever has sent it. A code is good once, within its time and for the company that it was
 * given for. The caller holds the lock of the company's facts.
 */
export async function claimLink(client: PoolClient, claim: LinkClaim, now: Instant): Promise<void> {
  const { companyId, whopUserId, codeHashes } = claim;
  const { rows } = await client.query<{ discordUserId: string; isValid: boolean }>(
    `delete from link_code where company_id = $1 and code_hash = any($2)
     returning discord_user_id as "discordUserId", expires_at > $3 as "isValid"`,
    [companyId, codeHashes, new Date(now)],
  );
  for (const { discordUserId, isValid } of rows) {
    if (isValid) await writeLink(client, companyId, { discordUserId, whopUserId, source: 'self', linkedAt: now });
  }
}
