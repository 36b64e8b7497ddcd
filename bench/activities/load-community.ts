import type { Pool } from 'pg';
import { makePartitions, monthOfInstant } from '../../src/ingest/activities/partitions.ts';
import { remakeRollups } from '../../src/ingest/activities/remake-rollups.ts';
import { inTransaction } from '../../src/ingest/transaction.ts';
import { companySettings, now } from '../company-settings.ts';
import { loadCompany } from '../history/load-company.ts';
import { checkRollups } from './check-rollups.ts';

export type Community = { companyId: string; people: number; activities: number };

const days = 365;
const dayMs = 24 * 60 * 60 * 1000;
const rowsPerStatement = 500_000;

/**
 * Fills the tables with a year of what people did in a company that half as many pay, and makes the sums of it by the code that
 * the program has for it. A fifth of the people are active on Whop, nine tenths in Discord, and three tenths are linked.
 */
export async function loadCommunity(pool: Pool, community: Community): Promise<void> {
  const { companyId, people } = community;
  const customerIds: string[] = [];
  const customers = Math.ceil(people / 2);
  await loadCompany(pool, { companyId, customers, onCustomer: ({ person }) => customerIds.push(person.userId) });
  const accounts = await writeAccounts(pool, community, customerIds);
  await writeActivities(pool, community, accounts);
  await inTransaction(pool, { activities: [companyId] }, async (client) => {
    await client.query('set local statement_timeout = 0');
    await remakeRollups(client, companyId, companySettings.timeZone);
  });
  await checkRollups(pool, community, companySettings.timeZone);
  await pool.query('vacuum analyze');
}

async function writeAccounts(
  pool: Pool,
  { companyId, people }: Community,
  customerIds: readonly string[],
): Promise<number> {
  const tenth = Math.floor(people / 10);
  const onWhop = customerIds.slice(0, 2 * tenth);
  const inDiscord = Array.from({ length: 9 * tenth }, (_, i) => String(100_000_000_000_000_000n + BigInt(i)));
  await pool.query(
    `insert into account (company_id, platform, id, number)
     select $1, case when place <= $3 then 'whop' else 'discord' end, id, place - 1
     from unnest($2::text[]) with ordinality as account (id, place)`,
    [companyId, [...onWhop, ...inDiscord], onWhop.length],
  );
  await pool.query(
    `insert into account_link (company_id, discord_user_id, whop_user_id, source, linked_at)
     select $1, discord, whop, 'staff', $4 from unnest($2::text[], $3::text[]) as link (discord, whop)`,
    [companyId, inDiscord.slice(0, 3 * tenth), customerIds.slice(tenth, 4 * tenth), new Date(now)],
  );
  return onWhop.length + inDiscord.length;
}

/** Evenly over the year; few people write most, and most of it in a few of fifty channels. */
async function writeActivities(pool: Pool, { companyId, activities }: Community, accounts: number): Promise<void> {
  const start = now - days * dayMs;
  const months = Array.from({ length: days + 1 }, (_, day) => monthOfInstant(start + day * dayMs));
  await makePartitions(pool, new Set(months));
  for (let from = 0; from < activities; from += rowsPerStatement) {
    await pool.query(writeStatement, [
      companyId,
      from,
      Math.min(from + rowsPerStatement, activities) - 1,
      new Date(start),
      (days * dayMs) / activities,
      accounts,
    ]);
  }
}

const writeStatement = `
  insert into activity (company_id, at, kind, id, account, channel_id, seconds)
  select $1, $4::timestamptz + (i + random()) * $5 * interval '1 millisecond', kind, (1000000000000000000 + i)::text,
    floor($6 * power(random(), 2.5)), 'c' || floor(50 * power(random(), 3)),
    case when kind in ('voice', 'stage') then floor(3600 * random()) else 0 end
  from generate_series($2::bigint, $3::bigint) as i
  cross join lateral (select i as of, random() as chance) drawn
  cross join lateral (
    select case when chance < 0.85 then 'message' when chance < 0.97 then 'reaction' when chance < 0.98 then 'forum_post'
      when chance < 0.995 then 'voice' else 'stage' end as kind
  ) kinds`;
