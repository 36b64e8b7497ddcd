import type { PoolClient } from 'pg';
import type { Instant } from '../../domain/facts.ts';
import { readLinkOf } from '../../store/account-links.ts';

type OptingOut = { companyId: string; discordUserId: string; now: Instant };

/**
 * Keeps that somebody doesn't want to be scored, for both of their accounts, so that it still holds once they are unlinked; and
 * deletes the scores there are.
 */
export async function optOut(client: PoolClient, { companyId, discordUserId, now }: OptingOut): Promise<void> {
  const link = await readLinkOf(client, companyId, discordUserId);
  const accounts = [
    { platform: 'discord', id: discordUserId },
    ...(link === null ? [] : [{ platform: 'whop', id: link.id }]),
  ];
  for (const { platform, id } of accounts) {
    await client.query(
      `insert into opted_out (company_id, platform, user_id, since) values ($1, $2, $3, $4) on conflict do nothing`,
      [companyId, platform, id, new Date(now)],
    );
  }
  await client.query('delete from churn_score where company_id = $1 and member_id = $2', [companyId, link?.id ?? '']);
}
