import type { PoolClient } from 'pg';
import { dayOf, type Stretch } from '../domain/calendar.ts';
import { coverDays, firstOf, partsFrom } from '../domain/day-ranges.ts';
import type { Scope } from '../domain/scope.ts';
import type { Asked } from './book-edges.ts';
import { columnsOf } from './columns-of.ts';
import { type KeptSums, keptColumns, selectKeptSums } from './kept-sums.ts';

/** What is kept of pairs of days but for those of whole months, of each stretch, in their order. */
export async function readKeptDays(
  client: PoolClient,
  { companyId, scope, timeZone, currency }: Asked & { scope: Scope },
  stretches: readonly Stretch[],
): Promise<KeptSums[]> {
  const days = stretches.map(({ start, asOf }) => ({ first: dayOf(start, timeZone), last: dayOf(asOf, timeZone) }));
  const opened = days.flatMap(({ first, last }, n) => partsFrom(first, last).map((part) => ({ n, ...part })));
  // Nothing is closed before it was opened: of the month in which the first day lies, only what was closed later is found.
  const closed = days.flatMap(({ first, last }, n) =>
    coverDays(firstOf(first), last).map((range) => ({ n, ...range })),
  );
  // Each part is a search of its own in the keys: there is no need to look at what lies between them. A large company has a
  // row for nearly every pair, so that they are added up as they are found, without being sorted.
  const { rows } = await client.query<KeptSums>(
    `select added.* from unnest($3::int[]) with ordinality as asked(n, place)
       cross join lateral (
         select ${selectKeptSums}
         from unnest($4::int[], $5::text[], $6::date[]) as opened(n, grain, day)
           join unnest($7::int[], $8::text[], $9::date[], $10::date[]) as closed(n, grain, first, last)
             on closed.n = opened.n and not (opened.grain = 'month' and closed.grain = 'month')
           cross join lateral (
             select currency, ${keptColumns} from book_kept sums where sums.company_id = $1 and sums.scope = $2
               and sums.opened_grain = opened.grain and sums.opened = opened.day
               and sums.closed_grain = closed.grain and sums.closed between closed.first and closed.last
             offset 0) found
         where opened.n = asked.n and found.currency in ('', $11)) added
     order by asked.place`,
    [
      companyId,
      scope,
      stretches.map((_, n) => n),
      ...columnsOf(opened, ['n', 'grain', 'day']),
      ...columnsOf(closed, ['n', 'grain', 'first', 'last']),
      currency,
    ],
  );
  return rows;
}
