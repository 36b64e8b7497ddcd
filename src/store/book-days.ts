import type { PoolClient } from 'pg';
import { type Day, dayOf, type Stretch } from '../domain/calendar.ts';
import { type Amounts, addAmounts, type Measure } from '../domain/measures.ts';
import type { DaySums } from '../domain/revenue-breakdown.ts';
import { type Scope, type ScopeKind, scopeOf } from '../domain/scope.ts';
import type { Asked, Edge } from './book-edges.ts';
import { amountsIn, columnOf, selectMeasures } from './book-tables.ts';
import { exactly } from './parse-int8.ts';

type Named = { names: readonly Measure[]; stretch: Stretch; edge: Promise<Edge> };

/** Some sums of each day of a stretch on which they aren't all 0, in one scope, in any order. */
export async function readBookDays(
  client: PoolClient,
  { companyId, scope, timeZone }: Asked & { scope: Scope },
  { names, stretch, edge }: Named,
): Promise<DaySums[]> {
  const [first, last] = [dayOf(stretch.start, timeZone), dayOf(stretch.asOf, timeZone)];
  const [{ rows }, { day: later }] = await Promise.all([
    client.query<{ currency: string; days: string }>(
      `select currency, string_agg(concat('["', day, '",', concat_ws(',', ${selectMeasures(names)}), ']'), ',') as days
       from book_day where company_id = $1 and scope = $2 and grain = 'day' and day between $3 and $4
         and (${names.map((name) => `${columnOf(name)} <> 0`).join(' or ')})
       group by currency`,
      [companyId, scope, first, last],
    ),
    edge,
  ]);
  const days = rows.flatMap(({ currency, days: text }) => unpack(text, currency, names));
  const before = days.filter(({ day }) => day !== last);
  const ofLast = new Map<string, Amounts<Measure>>(
    days.filter(({ day }) => day === last).map(({ currency, amounts }) => [currency, amounts]),
  );
  // A day whose changes cancel out has no sums, but may have some in its middle.
  for (const [currency, correction] of later.get(scope) ?? []) {
    const amounts = ofLast.get(currency) ?? noAmounts;
    ofLast.set(currency, addAmounts<Measure>(amounts, amountsIn(names, correction)));
  }
  return [...before, ...[...ofLast].map(([currency, amounts]) => ({ day: last, currency, amounts }))];
}

/**
 * A year of days is thousands of numbers, most of them 0, and node-postgres makes a piece of memory, a text and a number of each:
 * in one text, which is JSON, they take it a fraction of the time.
 */
function unpack(days: string, currency: string, names: readonly Measure[]): DaySums[] {
  const rows: [day: Day, ...values: number[]][] = JSON.parse(`[${days}]`);
  return rows.map((row) => {
    const amounts: Partial<Record<Measure, number>> = {};
    names.forEach((name, n) => {
      const amount = row[n + 1];
      if (typeof amount === 'number' && amount !== 0) amounts[name] = exactly(amount);
    });
    return { day: row[0], currency, amounts };
  });
}

const noAmounts: Amounts<Measure> = {};

/** The scopes of one kind that a company has books of, found by skipping from one to the next in the keys. */
export async function readScopes(client: PoolClient, companyId: string, kind: ScopeKind): Promise<Scope[]> {
  const { rows } = await client.query<{ scope: Scope }>(
    `with recursive scopes as (
       (select scope from book_day where company_id = $1 order by scope limit 1)
       union all
       select (select scope from book_day where company_id = $1 and scope > scopes.scope order by scope limit 1)
       from scopes where scopes.scope is not null)
     select scope from scopes where scope is not null`,
    [companyId],
  );
  return rows.map(({ scope }) => scope).filter((scope) => scope.startsWith(scopeOf(kind, null)));
}
