import type { Pool } from 'pg';
import { hourAround } from '../domain/calendar.ts';
import type { Counted } from './active-channels.ts';

export type HourMessages = { weekday: number; hour: number; messages: number };

/** Messages by local weekday, 1 for Monday, and hour of the clock, as far as there are any. */
export async function readMessageHours(
  database: Pick<Pool, 'query'>,
  counted: Counted & { timeZone: string },
): Promise<HourMessages[]> {
  const { companyId, first, last } = counted;
  const { rows } = await database.query<HourMessages>(
    `select extract(isodow from day)::int as weekday, hour, sum(messages)::bigint as messages
     from activity_hour where company_id = $1 and day between $2 and $3 group by weekday, hour`,
    [companyId, first, last],
  );
  const sums = new Map<string, HourMessages>();
  for (const { weekday, hour, messages } of [...rows, ...(await countSingle(database, counted))]) {
    const key = `${weekday} ${hour}`;
    sums.set(key, { weekday, hour, messages: messages + (sums.get(key)?.messages ?? 0) });
  }
  return [...sums.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}

/** Counted by quarters of an hour, whose local hours we know ourselves: the server's calendar may be another. */
async function countSingle(
  database: Pick<Pool, 'query'>,
  { companyId, single, timeZone }: Counted & { timeZone: string },
): Promise<HourMessages[]> {
  if (single.start >= single.end) return [];
  const { rows } = await database.query<{ quarter: number; messages: number }>(
    `select (floor(extract(epoch from at) / 900) * 900000)::bigint as quarter, count(*) as messages
     from activity where company_id = $1 and kind = 'message' and at >= $2 and at < $3 group by quarter`,
    [companyId, new Date(single.start), new Date(single.end)],
  );
  return rows.map(({ quarter, messages }) => {
    const { day, hour } = hourAround(quarter, timeZone);
    return { weekday: new Date(day).getUTCDay() || 7, hour, messages };
  });
}
