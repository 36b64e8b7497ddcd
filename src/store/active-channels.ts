import type { Pool } from 'pg';
import type { Day, Span } from '../domain/calendar.ts';

export type ActiveChannel = {
  channelId: string;
  name: string | null;
  platform: string;
  messages: number;
  people: number;
};

/** Local days whose sums count, and a span of which the activities themselves do. */
export type Counted = { companyId: string; first: Day; last: Day; single: Span };

/** The channels in which anything was written, how often, and by how many; the most first. */
export async function readActiveChannels(
  database: Pick<Pool, 'query'>,
  { companyId, first, last, single }: Counted,
): Promise<ActiveChannel[]> {
  const { rows } = await database.query<ActiveChannel>(
    `with written as (
       select platform, channel_id, account
       from activity join account on account.company_id = activity.company_id and number = account
       where activity.company_id = $1 and kind = 'message' and at >= $4 and at < $5
     ),
     sums as (
       select platform, channel_id, sum(messages)::bigint as messages
       from (
         select platform, channel_id, count as messages from activity_day
         where company_id = $1 and day between $2 and $3 and platform <> '' and kind = 'message'
         union all
         select platform, channel_id, 1 from written
       ) counted
       group by platform, channel_id
     ),
     blocks as (
       select platform, channel_id, bit_count(bit_or(accounts)) as people
       from (
         select platform, channel_id, block, accounts from activity_people
         where company_id = $1 and day between $2 and $3 and platform <> ''
         union all
         select platform, channel_id, account / 4096, set_bit(repeat('0', 4096)::bit(4096), account % 4096, 1)
         from (select distinct platform, channel_id, account from written) once
       ) sets
       group by platform, channel_id, block
     ),
     writers as (
       select platform, channel_id, sum(people)::bigint as people from blocks group by platform, channel_id
     )
     select channel_id as "channelId", name, sums.platform, messages, people
     from sums join writers using (platform, channel_id)
     left join channel on channel.company_id = $1 and channel.platform = sums.platform and channel.id = channel_id
     order by messages desc, people desc, sums.platform, channel_id collate "C"`,
    [companyId, first, last, new Date(single.start), new Date(single.end)],
  );
  return rows;
}
