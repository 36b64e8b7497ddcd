import type { Pool } from 'pg';
import type { CustomerBook } from '../domain/customer-book.ts';
import { compareText } from '../domain/figure-value.ts';
import type { FlowEntry } from '../domain/flow-entries.ts';
import { groupBy } from '../domain/group-by.ts';
import { type Flow, flows, type Stock, stocks } from '../domain/measures.ts';
import type { Scope } from '../domain/scope.ts';
import type { StockEntry } from '../domain/stock-entries.ts';
import { amountsIn, selectMeasures } from './book-tables.ts';

type Queryable = Pick<Pool, 'query'>;

/** The books of customers as they are kept, by customer. */
export async function readCustomerBooks(
  database: Queryable,
  companyId: string,
  customerIds: readonly string[],
): Promise<Map<string, CustomerBook>> {
  const [flowEntries, stockEntries] = await Promise.all([
    readFlows(database, companyId, customerIds),
    readStocks(database, companyId, customerIds),
  ]);
  const flowsOf = groupBy(flowEntries, ({ customerId }) => customerId);
  const stocksOf = groupBy(stockEntries, ({ customerId }) => customerId);
  return new Map(
    customerIds.map((id) => [
      id,
      {
        flows: flowsOf.get(id)?.map(({ entry }) => entry) ?? [],
        stocks: stocksOf.get(id)?.map(({ entry }) => entry) ?? [],
      },
    ]),
  );
}

type Kept<Entry> = { customerId: string; entry: Entry };
type FlowRow = Omit<FlowEntry, 'amounts' | 'planId'> & { customerId: string; planId: string } & Record<
    Flow,
    number | null
  >;

async function readFlows(
  database: Queryable,
  companyId: string,
  customerIds: readonly string[],
): Promise<Kept<FlowEntry>[]> {
  const { rows } = await database.query<FlowRow>(
    `select customer_id as "customerId", kind, source_id as "sourceId", (date_part('epoch', at) * 1000)::bigint as at,
       plan_id as "planId", currency, paid_in as "paidIn", cancel_option as "cancelOption", ${selectMeasures(flows)}
     from book_flow where company_id = $1 and customer_id = any($2)`,
    [companyId, customerIds],
  );
  return rows.map((row) => {
    const { customerId, kind, sourceId, at, planId, currency, paidIn, cancelOption } = row;
    const amounts = amountsIn(flows, row);
    const entry = {
      kind,
      sourceId,
      at,
      planId: planId === '' ? null : planId,
      currency,
      amounts,
      paidIn,
      cancelOption,
    };
    return { customerId, entry };
  });
}

type StockRow = Omit<StockEntry, 'amounts'> & { customerId: string } & Record<Stock, number | null>;

const stockColumns = `customer_id as "customerId", scope, currency, (date_part('epoch', at) * 1000)::bigint as at,
  involuntary, (date_part('epoch', paid_since) * 1000)::bigint as "paidSince", ${selectMeasures(stocks)}`;

/** In the order of scope, currency and time. */
async function readStocks(
  database: Queryable,
  companyId: string,
  customerIds: readonly string[],
): Promise<Kept<StockEntry>[]> {
  const { rows } = await database.query<StockRow>(
    `select ${stockColumns} from book_stock where company_id = $1 and customer_id = any($2)
     order by scope collate "C", currency collate "C", at`,
    [companyId, customerIds],
  );
  return rows.map(keptStock);
}

function keptStock(row: StockRow): Kept<StockEntry> {
  const { customerId, scope, currency, at, involuntary, paidSince } = row;
  return { customerId, entry: { scope, currency, at, amounts: amountsIn(stocks, row), involuntary, paidSince } };
}

type Window = {
  companyId: string;
  /** Null: in all. */
  scope: Scope | null;
  after: number;
  until: number;
};

/** The stocks in a scope, up to an instant, of each customer for whom one of them changed after another one. */
export async function readStocksMovedWithin(
  database: Queryable,
  { companyId, scope, after, until }: Window,
): Promise<StockEntry[][]> {
  const { rows } = await database.query<StockRow>(
    `select ${stockColumns} from book_stock
     where company_id = $1 and ($2::text is null or scope = $2) and customer_id in (
       select customer_id from book_stock
       where company_id = $1 and ($2::text is null or scope = $2) and at > $3 and at < $4) and at < $4`,
    [companyId, scope, new Date(after), new Date(until)],
  );
  // Sorted here, while Postgres works at the next question: it would take longer, and those who ask wait for it.
  return [...groupBy(rows.map(keptStock), ({ customerId }) => customerId).values()].map((kept) =>
    kept.map(({ entry }) => entry).sort(byPlaceAndTime),
  );
}

function byPlaceAndTime(a: StockEntry, b: StockEntry): number {
  return compareText(a.scope, b.scope) || compareText(a.currency, b.currency) || a.at - b.at;
}
