import type { Pool } from 'pg';
import type { ActivityKind } from '../domain/churn/engagement-features.ts';
import type { ActivityDay } from '../domain/churn/member-history.ts';
import type { Instant } from '../domain/facts.ts';

type Queryable = Pick<Pool, 'query'>;

/** What can be seen of a company's people at all. */
export type Visibility = {
  kinds: ActivityKind[];
  /** The first activity that is still stored; null without any. */
  since: Instant | null;
  /** Whether people meet in Discord, where only those are known who are linked. */
  inDiscord: boolean;
};

const measuredInTime: ReadonlySet<string> = new Set(['voice', 'stage']);

export async function readVisibility(database: Queryable, companyId: string, now: Instant): Promise<Visibility> {
  const { rows } = await database.query<{ since: Instant | null; inDiscord: boolean; kinds: string[] }>(
    `select (select (extract(epoch from min(at)) * 1000)::bigint from activity where company_id = $1 and at < $2) as since,
       exists (select from account where company_id = $1 and platform = 'discord') as "inDiscord",
       array(select distinct kind from activity_day where company_id = $1 and day <= $2::date order by kind) as kinds`,
    [companyId, new Date(now)],
  );
  const { since = null, inDiscord = false, kinds = [] } = rows[0] ?? {};
  return { since, inDiscord, kinds: kinds.map((kind) => ({ kind, valued: measuredInTime.has(kind) })) };
}

type Asked = { companyId: string; whopUserIds: readonly string[]; until: Instant; timeZone: string };

/** By Whop user: what their own account and the Discord account linked with it did by local day; none of whom it can't be seen. */
export async function readMemberActivity(
  database: Queryable,
  { companyId, whopUserIds, until, timeZone }: Asked,
  { inDiscord }: Visibility,
): Promise<Map<string, ActivityDay[]>> {
  const { rows: links } = await database.query<{ whopUserId: string; account: number | null }>(
    `with linked as (
       select whop_user_id, discord_user_id from account_link where company_id = $1 and whop_user_id = any($2))
     select whop_user_id as "whopUserId", number as account
     from linked left join account on company_id = $1 and platform = 'discord' and id = discord_user_id
     union all
     select id, number from account where company_id = $1 and platform = 'whop' and id = any($2)`,
    [companyId, whopUserIds],
  );
  const activity = new Map<string, ActivityDay[]>(inDiscord ? [] : whopUserIds.map((id) => [id, []]));
  for (const { whopUserId } of links) activity.set(whopUserId, []);
  const owners = new Map(links.map(({ account, whopUserId }) => [account, whopUserId]));
  const accounts = links.flatMap(({ account }) => account ?? []);
  for (const { account, ...day } of await readDays(database, { companyId, accounts, until, timeZone })) {
    activity.get(owners.get(account) ?? '')?.push(day);
  }
  return activity;
}

type Accounts = { companyId: string; accounts: readonly number[]; until: Instant; timeZone: string };

async function readDays(
  database: Queryable,
  { companyId, accounts, until, timeZone }: Accounts,
): Promise<(ActivityDay & { account: number })[]> {
  if (accounts.length === 0) return [];
  const { rows } = await database.query<ActivityDay & { account: number }>(
    `select account, (extract(epoch from day at time zone $4) * 1000)::bigint as day, kind, channel, count,
       case when kind in ('voice', 'stage') then seconds / 60.0 else count end::float8 as value
     from (
       select account, date_trunc('day', at at time zone $4) as day, kind, channel_id as channel, count(*) as count,
         sum(seconds) as seconds
       from activity where company_id = $1 and account = any($2) and at < $3
       group by 1, 2, 3, 4) days
     order by account, day, kind, channel`,
    [companyId, accounts, new Date(until), timeZone],
  );
  return rows;
}
