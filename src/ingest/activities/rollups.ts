import { type Day, hourAround } from '../../domain/calendar.ts';
import type { Instant } from '../../domain/facts.ts';

/** Accounts in one row of `activity_people`. */
const accountsPerBlock = 4096;

/**
 * The common table expressions that add activities to the sums, to be put behind one named `told` with the columns day, hour,
 * platform, channel_id, kind, seconds and account. `$1` is the company. Counts grow, and sets are united: what is added has to
 * be new for the one, and may be known to the other.
 */
export const addToRollups = `
  days as (
    insert into activity_day as kept (company_id, day, platform, channel_id, kind, count, seconds)
    select $1, day, coalesce(platform, ''), coalesce(channel_id, ''), kind, count(*), sum(seconds)
    from told
    group by grouping sets ((day, platform, channel_id, kind), (day, kind))
    on conflict (company_id, day, platform, channel_id, kind)
    do update set count = kept.count + excluded.count, seconds = kept.seconds + excluded.seconds
  ),
  hours as (
    insert into activity_hour as kept (company_id, day, hour, messages)
    select $1, day, hour, count(*)
    from told
    where kind = 'message'
    group by day, hour
    on conflict (company_id, day, hour) do update set messages = kept.messages + excluded.messages
  ),
  present as (
    select distinct day, '' as platform, '' as channel_id, account from told
    union all
    select distinct day, platform, channel_id, account from told where kind = 'message'
  ),
  people as (
    insert into activity_people as kept (company_id, day, platform, channel_id, block, accounts)
    select $1, day, platform, channel_id, account / ${accountsPerBlock},
      bit_or(set_bit(repeat('0', ${accountsPerBlock})::bit(${accountsPerBlock}), account % ${accountsPerBlock}, 1))
    from present
    group by day, platform, channel_id, account / ${accountsPerBlock}
    on conflict (company_id, day, platform, channel_id, block)
    do update set accounts = kept.accounts | excluded.accounts
    where kept.accounts | excluded.accounts <> kept.accounts
  )`;

/** A quarter of an hour with the local day and hour that it lies in: clocks differ by whole quarters, and change by them. */
export type Quarter = { start: Instant; day: Day; hour: number };

export const quarterMs = 15 * 60 * 1000;

/** As Postgres finds the quarter of an hour that an activity lies in; without numeric, which extract would give. */
export const quarterOf = `date_bin('15 minutes', at, 'epoch')`;

/** The quarters that are told as parameters: their beginnings in milliseconds, days and hours. */
export const hourOf = (starts: string, days: string, hours: string) => `
  hour_of as (
    select 'epoch'::timestamptz + ms * interval '1 millisecond' as quarter, day, hour
    from unnest(${starts}::bigint[], ${days}::date[], ${hours}::int[]) as hour_of (ms, day, hour)
  )`;

/** The quarters that some instants lie in, each once. */
export function quartersOf(instants: Iterable<Instant>, timeZone: string): Quarter[] {
  const starts = new Set<Instant>();
  for (const at of instants) starts.add(Math.floor(at / quarterMs) * quarterMs);
  return [...starts].map((start) => ({ start, ...hourAround(start, timeZone) }));
}
