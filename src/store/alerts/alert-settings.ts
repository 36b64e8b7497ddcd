import type { Pool } from 'pg';
import { type AlertKind, type AlertSettings, usualAlertSettings } from '../../domain/alerts/alert.ts';
import type { Instant } from '../../domain/facts.ts';

type Queryable = Pick<Pool, 'query'>;
type Stored = { readonly [Name in keyof AlertSettings]: number | null };

/** What a company chose about its alerts, and what is usual where it chose nothing. */
export async function readAlertSettings(database: Queryable, companyId: string): Promise<AlertSettings> {
  const { rows } = await database.query<Stored>(
    `select minimum_minor as "minimumMinor", quiet_from as "quietFrom", quiet_until as "quietUntil", per_day as "perDay"
     from alert_settings where company_id = $1`,
    [companyId],
  );
  const chosen = Object.entries(rows[0] ?? {}).filter(([, value]) => value !== null);
  return { ...usualAlertSettings, ...Object.fromEntries(chosen) };
}

/** What isn't named stays. */
export async function writeAlertSettings(
  database: Queryable,
  companyId: string,
  { minimumMinor, quietFrom, quietUntil, perDay }: Partial<AlertSettings>,
): Promise<void> {
  await database.query(
    `insert into alert_settings as known (company_id, minimum_minor, quiet_from, quiet_until, per_day)
     values ($1, $2, $3, $4, $5)
     on conflict (company_id) do update set minimum_minor = coalesce(excluded.minimum_minor, known.minimum_minor),
       quiet_from = coalesce(excluded.quiet_from, known.quiet_from),
       quiet_until = coalesce(excluded.quiet_until, known.quiet_until),
       per_day = coalesce(excluded.per_day, known.per_day)`,
    [companyId, minimumMinor, quietFrom, quietUntil, perDay],
  );
}

/** Until when which kinds aren't told. */
export async function readMutes(
  database: Queryable,
  companyId: string,
  now: Instant,
): Promise<{ kind: AlertKind; until: Instant }[]> {
  const { rows } = await database.query<{ kind: AlertKind; until: Instant }>(
    `select kind, (date_part('epoch', until) * 1000)::bigint as until from alert_mute
     where company_id = $1 and until > $2 order by kind`,
    [companyId, new Date(now)],
  );
  return rows;
}

export async function writeMute(
  database: Queryable,
  companyId: string,
  { kind, until }: { kind: AlertKind; until: Instant },
): Promise<void> {
  await database.query(
    `insert into alert_mute (company_id, kind, until) values ($1, $2, $3)
     on conflict (company_id, kind) do update set until = excluded.until`,
    [companyId, kind, new Date(until)],
  );
}
