import type { PoolClient } from 'pg';
import { dayOf, type Stretch } from '../domain/calendar.ts';
import { type Amounts, addAmounts, type Measure } from '../domain/measures.ts';
import type { DaySums } from '../domain/revenue-breakdown.ts';
import { type Scope, type ScopeKind, scopeOf } from '../domain/scope.ts';
import type { Asked, Edge } from './book-edges.ts';
import { amountsIn, columnOf, selectMeasures } from './book-tables.ts';

type Named<M extends Measure> = { names: readonly M[]; stretch: Stretch; edge: Promise<Edge> };
type DayRow = { day: string; currency: string } & Record<Measure, number>;

/** Some sums of each day of a stretch on which they aren't all 0, in one scope, oldest first. */
export async function readBookDays<M extends Measure>(
  client: PoolClient,
  { companyId, scope, timeZone }: Asked & { scope: Scope },
  { names, stretch, edge }: Named<M>,
): Promise<DaySums[]> {
  const [first, last] = [dayOf(stretch.start, timeZone), dayOf(stretch.asOf, timeZone)];
  const [{ rows }, { day: later }] = await Promise.all([
    client.query<DayRow>(
      `select day::text as day, currency, ${selectMeasures(names)}
       from book_day where company_id = $1 and scope = $2 and grain = 'day' and day between $3 and $4
         and (${names.map((name) => `${columnOf(name)} <> 0`).join(' or ')})
       order by day, currency`,
      [companyId, scope, first, last],
    ),
    edge,
  ]);
  const days = rows.map(({ day, currency, ...row }) => ({ day, currency, amounts: amountsIn(names, row) }));
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
