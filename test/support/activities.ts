import * as fc from 'fast-check';
import type { Activity } from '../../src/domain/activity.ts';
import type { Database } from '../../src/store/database.ts';
import { at } from './facts.ts';

/** A message in Discord; a builder names what matters. */
export function activity(some: Partial<Activity> & { id: string }): Activity {
  return {
    companyId: 'biz_1',
    platform: 'discord',
    kind: 'message',
    at: at('2026-06-15T12:00:00Z'),
    accountId: '1',
    channelId: '10',
    seconds: 0,
    ...some,
  };
}

const start = at('2026-03-25T00:00:00Z');
const daysMs = 14 * 24 * 60 * 60 * 1000;

/** What a few people did in a few places around a change of clocks; some is told more than once. */
export const someActivities: fc.Arbitrary<Activity[]> = fc
  .uniqueArray(
    fc.record({
      companyId: fc.constantFrom('biz_1', 'biz_2'),
      platform: fc.constantFrom('discord', 'whop'),
      kind: fc.constantFrom('message', 'message', 'reaction', 'forum_post', 'voice', 'stage'),
      id: fc.integer({ min: 1, max: 10_000 }).map((id) => `a${id}`),
      at: fc.integer({ min: 0, max: daysMs }).map((ms) => start + ms),
      accountId: fc.integer({ min: 1, max: 9 }).map(String),
      channelId: fc.integer({ min: 1, max: 4 }).map(String),
      seconds: fc.integer({ min: 0, max: 5000 }),
    }),
    { minLength: 1, maxLength: 60, selector: ({ id }) => id },
  )
  .map((some) => some.map((one): Activity => ({ ...one, platform: one.platform, kind: one.kind })));

/** The sums that are kept, as text, with people by name: how they are numbered is nobody's business. */
export async function rollupsOf({ pool }: Pick<Database, 'pool'>): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select concat_ws(' ', 'day', company_id, day, platform, channel_id, kind, count, seconds) as line from activity_day
     union all
     select concat_ws(' ', 'hour', company_id, day, hour, messages) from activity_hour
     union all
     select concat_ws(' ', 'people', people.company_id, day, people.platform, channel_id, account.platform, account.id)
     from activity_people people
     join account on account.company_id = people.company_id and number / 4096 = block and get_bit(accounts, number % 4096) = 1
     order by line`,
  );
  return rows.map(({ line }) => line);
}

/** The same, counted anew from the activities that are stored. */
export async function recount({ pool }: Pick<Database, 'pool'>, timeZone: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `with told as (
       select activity.company_id, (at at time zone $1)::date as day, extract(hour from at at time zone $1) as hour,
         platform, channel_id, kind, seconds, account.id
       from activity join account on account.company_id = activity.company_id and number = account)
     select concat_ws(' ', 'day', company_id, day, platform, channel_id, kind, count(*), sum(seconds)) as line
     from told group by company_id, day, platform, channel_id, kind
     union all
     select concat_ws(' ', 'day', company_id, day, '', '', kind, count(*), sum(seconds))
     from told group by company_id, day, kind
     union all
     select concat_ws(' ', 'hour', company_id, day, hour, count(*))
     from told where kind = 'message' group by company_id, day, hour
     union all
     select distinct concat_ws(' ', 'people', company_id, day, '', '', platform, id) from told
     union all
     select distinct concat_ws(' ', 'people', company_id, day, platform, channel_id, platform, id)
     from told where kind = 'message'
     order by line`,
    [timeZone],
  );
  return rows.map(({ line }) => line);
}

export async function emptyActivities({ pool }: Pick<Database, 'pool'>): Promise<void> {
  await pool.query(
    `truncate activity, account, activity_book, activity_day, activity_hour, activity_people, discord_channel,
     discord_archive`,
  );
}
