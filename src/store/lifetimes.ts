import type { PoolClient } from 'pg';
import { dayAround, daysBetween } from '../domain/calendar.ts';
import type { Instant } from '../domain/facts.ts';
import { lifetimeEntries } from '../domain/lifetime-entries.ts';
import type { CohortChange } from '../domain/retention.ts';
import type { Scope } from '../domain/scope.ts';
import type { Lifetime } from '../domain/survival.ts';
import { readStocksMovedWithin } from './customer-books.ts';

type Asked = { companyId: string; scope: Scope; timeZone: string; asOf: Instant };

/** How long customers have kept paying, in days: from the first paid one to the last churn, or still as at an instant. */
export async function readLifetimes(client: PoolClient, asked: Asked): Promise<Lifetime[]> {
  const { companyId, scope, timeZone, asOf } = asked;
  const { day: today } = dayAround(asOf, timeZone);
  const { rows } = await client.query<Required<Lifetime>>(
    `select case when ended = 'infinity' then $3::date - began else ended - began end as duration,
       ended <> 'infinity' as ended, seen - began as entry, sum(customers) as cases
     from book_lifetime where company_id = $1 and scope = $2 and since <= $3
     group by 1, 2, 3 having sum(customers) <> 0 order by 1, 2, 3`,
    [companyId, scope, today],
  );
  return [...rows, ...(await readLaterLifetimes(client, asked))];
}

/** The opposite of what happened later that day. */
async function readLaterLifetimes(
  client: PoolClient,
  { companyId, scope, timeZone, asOf }: Asked,
): Promise<Lifetime[]> {
  const { day: today, end: until } = dayAround(asOf, timeZone);
  const moved = await readStocksMovedWithin(client, { companyId, after: asOf, until });
  return moved.flatMap((stocks) => {
    const ofToday = (atMost?: Instant, sign = 1) =>
      lifetimeEntries(stocks, timeZone, atMost)
        .filter((entry) => entry.scope === scope && entry.since === today)
        .map(({ began, seen, ended, customers }) => ({
          duration: daysBetween(began, ended ?? today),
          ended: ended !== null,
          entry: daysBetween(began, seen),
          cases: customers * sign,
        }));
    return [...ofToday(asOf), ...ofToday(undefined, -1)];
  });
}

/** How the customers of each month of a first payment changed in number, of those who are known from that payment on. */
export async function readCohortChanges(client: PoolClient, companyId: string, scope: Scope): Promise<CohortChange[]> {
  const { rows } = await client.query<CohortChange>(
    `select to_char(began, 'YYYY-MM') as cohort, to_char(since, 'YYYY-MM') as month,
       coalesce(sum(customers) filter (where since = seen), 0) as began,
       coalesce(sum(customers) filter (where ended = 'infinity'), 0) as paying
     from book_lifetime where company_id = $1 and scope = $2 and began = seen
     group by 1, 2 order by 1, 2`,
    [companyId, scope],
  );
  return rows;
}
