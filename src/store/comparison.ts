import type { Pool } from 'pg';

/** One of our figures beside the same of Whop's own. Money is in minor units of `currency`. */
export type StoredComparison = {
  figure: string;
  /** Milliseconds since 1970. */
  comparedAt: number;
  currency: string;
  whopValue: number;
  ourValue: number;
  /** How the two differ and why; null where they agree. */
  sentence: string | null;
};

export type Difference = { comparedAt: number; sentence: string };

type Queryable = Pick<Pool, 'query'>;

/** Where the newest comparison found a company's figures to differ from Whop's, MRR first. */
export async function readDifferences(database: Queryable, companyId: string): Promise<Difference[]> {
  const { rows } = await database.query<Difference>(
    `select (extract(epoch from compared_at) * 1000)::bigint as "comparedAt", sentence
     from comparison where company_id = $1 and sentence is not null
     order by array_position(array['mrr', 'paying_customers', 'gross_revenue'], figure)`,
    [companyId],
  );
  return rows;
}

/** Keeps these in place of all that a company had, in one statement: older ones are of facts that have changed since. */
export async function replaceComparisons(
  database: Queryable,
  companyId: string,
  comparisons: readonly StoredComparison[],
): Promise<void> {
  const rows = comparisons.map(({ figure, comparedAt, currency, whopValue, ourValue, sentence }) => ({
    figure,
    compared_at: new Date(comparedAt),
    currency,
    whop_value: whopValue,
    our_value: ourValue,
    sentence,
  }));
  await database.query(
    `with newest as (
       select * from jsonb_to_recordset($2) as compared (figure text, compared_at timestamptz, currency text,
         whop_value bigint, our_value bigint, sentence text)
     ), gone as (
       delete from comparison where company_id = $1 and figure not in (select figure from newest)
     )
     insert into comparison (company_id, figure, compared_at, currency, whop_value, our_value, sentence)
     select $1, figure, compared_at, currency, whop_value, our_value, sentence from newest
     on conflict (company_id, figure) do update set compared_at = excluded.compared_at, currency = excluded.currency,
       whop_value = excluded.whop_value, our_value = excluded.our_value, sentence = excluded.sentence`,
    [companyId, JSON.stringify(rows)],
  );
}
