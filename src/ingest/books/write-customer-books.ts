import type { PoolClient } from 'pg';
import type { FlowEntry } from '../../domain/flow-entries.ts';
import { flows, stocks } from '../../domain/measures.ts';
import type { StockEntry } from '../../domain/stock-entries.ts';
import { columnOf } from '../../store/book-tables.ts';
import { type Column, deleting, inserting, type Row } from '../rows.ts';
import type { BookChange } from './book-change.ts';

const text = (name: string): Column => ({ name, type: 'text' });
const instant = (name: string): Column => ({ name, type: 'timestamptz' });
const amounts = (names: readonly string[]): Column[] => names.map((name) => ({ name: columnOf(name), type: 'bigint' }));

const flowKey = [
  text('company_id'),
  text('customer_id'),
  text('kind'),
  text('source_id'),
  instant('at'),
  text('plan_id'),
];
const flowColumns = [...flowKey, text('currency'), text('paid_in'), text('cancel_option'), ...amounts(flows)];
const stockKey = [text('company_id'), text('customer_id'), text('scope'), text('currency'), instant('at')];
const stockColumns = [...stockKey, { name: 'involuntary', type: 'boolean' }, instant('paid_since'), ...amounts(stocks)];

const deleteFlows = deleting('book_flow', flowKey);
const insertFlows = inserting('book_flow', flowColumns);
const deleteStocks = deleting('book_stock', stockKey);
const insertStocks = inserting('book_stock', stockColumns);

/** Replaces in the books of customers what has changed. */
export async function writeCustomerBooks(
  client: PoolClient,
  companyId: string,
  changes: readonly BookChange[],
): Promise<void> {
  const goneFlows = changes.flatMap(({ customerId, gone }) => gone.flows.map((f) => flowRow(companyId, customerId, f)));
  const comeFlows = changes.flatMap(({ customerId, come }) => come.flows.map((f) => flowRow(companyId, customerId, f)));
  const goneStocks = changes.flatMap(({ customerId, differing }) =>
    differing.gone.map((s) => stockRow(companyId, customerId, s)),
  );
  const comeStocks = changes.flatMap(({ customerId, differing }) =>
    differing.come.map((s) => stockRow(companyId, customerId, s)),
  );
  await Promise.all([
    deleteFlows(client, goneFlows),
    insertFlows(client, comeFlows),
    deleteStocks(client, goneStocks),
    insertStocks(client, comeStocks),
  ]);
}

function flowRow(companyId: string, customerId: string, flow: FlowEntry): Row {
  return {
    company_id: companyId,
    customer_id: customerId,
    kind: flow.kind,
    source_id: flow.sourceId,
    at: new Date(flow.at),
    plan_id: flow.planId ?? '',
    currency: flow.currency,
    paid_in: flow.paidIn,
    cancel_option: flow.cancelOption,
    ...flow.amounts,
  };
}

function stockRow(companyId: string, customerId: string, stock: StockEntry): Row {
  return {
    company_id: companyId,
    customer_id: customerId,
    scope: stock.scope,
    currency: stock.currency,
    at: new Date(stock.at),
    involuntary: stock.involuntary,
    paid_since: stock.paidSince === null ? null : new Date(stock.paidSince),
    ...stock.amounts,
  };
}
