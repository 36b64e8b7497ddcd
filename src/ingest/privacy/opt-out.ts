import type { PoolClient } from 'pg';
import type { Account } from '../../domain/activity.ts';
import type { Instant } from '../../domain/facts.ts';
import { readPersonOf } from '../../store/person.ts';

type OptingOut = { companyId: string; account: Account; now: Instant };

/**
 * Keeps that somebody doesn't want to be scored, for both of their accounts, so that it still holds once they are unlinked; and
 * deletes the scores there are.
 */
export async function optOut(client: PoolClient, { companyId, account, now }: OptingOut): Promise<void> {
  const { discordUserId, whopUserId } = await readPersonOf(client, companyId, account);
  const accounts = [
    ...(discordUserId === null ? [] : [{ platform: 'discord', id: discordUserId }]),
    ...(whopUserId === null ? [] : [{ platform: 'whop', id: whopUserId }]),
  ];
  for (const { platform, id } of accounts) {
    await client.query(
      `insert into opted_out (company_id, platform, user_id, since) values ($1, $2, $3, $4) on conflict do nothing`,
      [companyId, platform, id, new Date(now)],
    );
  }
  await client.query('delete from churn_score where company_id = $1 and member_id = $2', [companyId, whopUserId ?? '']);
}
