import type { PoolClient } from 'pg';
import type { Account } from '../../domain/activity.ts';
import type { Instant } from '../../domain/facts.ts';
import { readPersonOf } from '../../store/person.ts';
import { forgetInMessages, type Messages } from './forget-messages.ts';

type Forgetting = { companyId: string; account: Account; now: Instant };

/**
 * Removes what names somebody or leads to them: names, links, codes, scores, alerts, also those that wait to be posted,
 * deliveries that hold their id, and the ids of their accounts. What they did and paid stays in the sums, of nobody in
 * particular. Their memberships keep the Whop id, which is therefore opted out of being scored again. The caller holds the
 * locks of the company's facts and activities.
 */
export async function forgetPerson(
  client: PoolClient,
  { companyId, account, now }: Forgetting,
  messages: Messages,
): Promise<void> {
  const { discordUserId, whopUserId } = await readPersonOf(client, companyId, account);
  // It reads every delivery of the company.
  await client.query('set local statement_timeout = 0');
  if (discordUserId !== null) await forgetDiscordUser(client, companyId, discordUserId);
  if (whopUserId !== null) await forgetWhopUser(client, companyId, whopUserId);
  await forgetInMessages(client, { companyId, now }, messages);
}

async function forgetDiscordUser(client: PoolClient, companyId: string, id: string): Promise<void> {
  const person = [companyId, id];
  for (const table of ['account_link', 'account_unlink', 'link_code']) {
    await client.query(`delete from ${table} where company_id = $1 and discord_user_id = $2`, person);
  }
  // What they pressed under an alert and what they set up as staff goes on counting.
  await client.query(`update alert_response set by = '' where company_id = $1 and by = $2`, person);
  await client.query(`update guild_settings set set_up_by = '' where company_id = $1 and set_up_by = $2`, person);
  await client.query(`update guild_link set linked_by = '' where company_id = $1 and linked_by = $2`, person);
  await client.query('delete from guild_link_state where company_id = $1 and user_id = $2', person);
  await client.query('delete from outbox where company_id = $1 and direct and channel_id = $2', person);
  await client.query('delete from voice_session where company_id = $1 and account_id = $2', person);
  await forgetAccount(client, companyId, { platform: 'discord', id });
}

async function forgetWhopUser(client: PoolClient, companyId: string, id: string): Promise<void> {
  const person = [companyId, id];
  await client.query('delete from customer where company_id = $1 and id = $2', person);
  await forgetAlerts(client, person);
  await client.query('delete from churn_score where company_id = $1 and member_id = $2', person);
  await client.query('delete from account_lookup where company_id = $1 and whop_user_id = $2', person);
  await client.query('delete from inbox where company_id = $1 and strpos(payload::text, $2) > 0', person);
  await client.query(
    `insert into opted_out (company_id, platform, user_id, since) values ($1, 'whop', $2, now()) on conflict do nothing`,
    person,
  );
  await forgetAccount(client, companyId, { platform: 'whop', id });
}

/** Whose those are that nothing has been decided of yet follows from what they are about. */
async function forgetAlerts(client: PoolClient, person: readonly string[]): Promise<void> {
  const own = `company_id = $1 and (member_id = $2 or thing_id in (
    select id from membership where company_id = $1 and customer_id = $2
    union all select id from payment where company_id = $1 and customer_id = $2
    union all select id from dispute where company_id = $1 and customer_id = $2))`;
  await client.query(
    `delete from alert_response where company_id = $1 and alert_id in (select id from alert where ${own})`,
    [...person],
  );
  await client.query(`delete from alert where ${own}`, [...person]);
}

/** Its activities are of an account that nobody has. */
async function forgetAccount(client: PoolClient, companyId: string, { platform, id }: Account): Promise<void> {
  await client.query(
    `update account set id = 'forgotten ' || gen_random_uuid() where company_id = $1 and platform = $2 and id = $3`,
    [companyId, platform, id],
  );
}
