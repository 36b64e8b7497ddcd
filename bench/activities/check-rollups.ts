import type { Pool } from 'pg';
import type { Community } from './load-community.ts';

/**
 * Sums that are wrong would be measured for nothing: those of each day are compared with its activities.
 * @throws where they differ
 */
export async function checkRollups(pool: Pool, { companyId }: Community, timeZone: string): Promise<void> {
  const { rows } = await pool.query<{ day: string }>({ text: checkStatement, values: [companyId, timeZone] });
  if (rows.length > 0) throw new Error(`wrong sums of activities: ${rows.map(({ day }) => day).join(', ')}`);
}

const checkStatement = `
  with did as (
    select (at at time zone $2)::date as day, account, kind, seconds from activity where company_id = $1
  ),
  counted as (
    select day, sum(count) as count, sum(seconds) as seconds, sum(messages) as messages, count(distinct account) as people
    from (
      select day, account, count(*) as count, sum(seconds) as seconds, count(*) filter (where kind = 'message') as messages
      from did group by day, account
    ) of_account
    group by day
  ),
  days as (select day, sum(count) as count, sum(seconds) as seconds from activity_day where company_id = $1 and platform = '' group by day),
  hours as (select day, sum(messages) as messages from activity_hour where company_id = $1 group by day),
  people as (
    select day, sum(bit_count(accounts)) as people from activity_people where company_id = $1 and platform = '' group by day
  )
  select day::text from counted full join days using (day) full join hours using (day) full join people using (day)
  where (counted.count, counted.seconds, counted.messages, counted.people)
    is distinct from (days.count, days.seconds, coalesce(hours.messages, 0), people.people)`;
