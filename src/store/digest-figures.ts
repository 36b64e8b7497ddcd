import type { Pool } from 'pg';
import type { Day } from '../domain/calendar.ts';

type Queryable = Pick<Pool, 'query'>;

/** Figures that a digest told of one week, in the zone and the currency that it told them in. */
export type ToldWeek = { companyId: string; week: Day; timeZone: string; currency: string };

/** What was told of a week, by figure; nothing where it was told in another zone or currency. */
export async function readToldFigures(
  database: Queryable,
  { companyId, week, timeZone, currency }: ToldWeek,
): Promise<Map<string, number>> {
  const { rows } = await database.query<{ figure: string; value: number }>(
    `select figure, value from digest_figure where company_id = $1 and week = $2 and time_zone = $3 and currency = $4`,
    [companyId, week, timeZone, currency],
  );
  return new Map(rows.map(({ figure, value }) => [figure, value]));
}

/** Keeps what a digest tells of a week, instead of what an earlier one told of it. */
export async function keepToldFigures(
  database: Queryable,
  { companyId, week, timeZone, currency }: ToldWeek,
  figures: readonly { key: string; value: number }[],
): Promise<void> {
  await database.query(
    `insert into digest_figure (company_id, week, figure, value, time_zone, currency)
     select $1, $2, told.key, told.value, $3, $4 from unnest($5::text[], $6::float8[]) as told(key, value)
     on conflict (company_id, week, figure) do update
       set value = excluded.value, time_zone = excluded.time_zone, currency = excluded.currency`,
    [companyId, week, timeZone, currency, figures.map(({ key }) => key), figures.map(({ value }) => value)],
  );
}
