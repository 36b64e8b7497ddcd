import type { Pool } from 'pg';
import type { Instant } from '../domain/facts.ts';

/** How the books of a company are kept. */
export type BookHead = {
  companyId: string;
  /** Of the rules by which they were made. */
  rules: number;
  timeZone: string;
  /** The currency that was asked for; null for the one most paid in. */
  wantedCurrency: string | null;
  /** The reporting currency. */
  currency: string;
  /** When the newest word of Whop's on any membership was true. */
  membershipsAsOf: Instant | null;
};

type Queryable = Pick<Pool, 'query'>;

/** Null where there are no books: nothing is known of such a company. */
export async function readBookHead(database: Queryable, companyId: string): Promise<BookHead | null> {
  const { rows } = await database.query<BookHead>(
    `select company_id as "companyId", rules, time_zone as "timeZone", wanted_currency as "wantedCurrency", currency,
       (extract(epoch from memberships_as_of) * 1000)::bigint as "membershipsAsOf"
     from book where company_id = $1`,
    [companyId],
  );
  return rows[0] ?? null;
}
