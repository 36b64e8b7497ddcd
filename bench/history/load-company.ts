import type { Pool } from 'pg';
import { createChance } from '../../src/demo/chance.ts';
import type { Company, FactKind, MembershipChange, Plan, Product } from '../../src/domain/facts.ts';
import { now } from '../company-settings.ts';
import { derive } from '../derive.ts';
import { type CustomerHistory, customerHistory } from './customer-history.ts';
import { benchPlans, benchProducts } from './plans.ts';
import { type FactFields, type FactRow, writeFacts } from './write-facts.ts';

export type LoadedCompany = { companyId: string; customers: number; payments: number };

type Load = {
  companyId: string;
  customers: number;
  /** Is given each customer, for what the benchmark does with them next. */
  onCustomer?: (history: CustomerHistory) => void;
};

const customersAtOnce = 2_000;

/** Fills the tables with three years of a company, the same for the same id and size, and with what follows from them. */
export async function loadCompany(pool: Pool, load: Load): Promise<LoadedCompany> {
  const { companyId, customers, onCustomer } = load;
  await writeCatalogue(pool, companyId);
  const chance = createChance(companyId);
  let payments = 0;
  for (let from = 0; from < customers; from += customersAtOnce) {
    const count = Math.min(customersAtOnce, customers - from);
    const histories = Array.from({ length: count }, (_, i) => customerHistory(from + i, { chance, now }));
    await writeHistories(pool, companyId, histories);
    payments += histories.reduce((sum, history) => sum + history.payments.length, 0);
    if (onCustomer) histories.forEach(onCustomer);
  }
  await derive(pool, companyId);
  // Else the server would do it whenever it likes, and plan without knowing of the rows until then.
  await pool.query('vacuum analyze');
  return { companyId, customers, payments };
}

async function writeCatalogue(pool: Pool, companyId: string): Promise<void> {
  const company: Company = { id: companyId, title: 'Benchmark' };
  const products = benchProducts.map(({ id, title }): Product => ({ id, title }));
  await writeFacts(pool, companyId, 'company', [unowned('company', company)]);
  await writeFacts(
    pool,
    companyId,
    'product',
    products.map((product) => unowned('product', product)),
  );
  await writeFacts(
    pool,
    companyId,
    'plan',
    benchPlans.map((plan) => unowned('plan', planFact(plan))),
  );
}

function planFact({ id, title, product, periodDays, trialDays, priceMinor }: (typeof benchPlans)[number]): Plan {
  return {
    id,
    title,
    productId: product.id,
    planType: 'renewal',
    billingPeriodDays: periodDays,
    expirationDays: null,
    trialPeriodDays: trialDays,
    currency: 'USD',
    initialPriceMinor: 0,
    renewalPriceMinor: priceMinor.usd,
  };
}

function unowned(kind: FactKind, fields: FactFields): FactRow {
  return { kind, customerId: null, fields };
}

async function writeHistories(pool: Pool, companyId: string, histories: readonly CustomerHistory[]): Promise<void> {
  const rows = histories.flatMap(rowsOf);
  for (const kind of ['customer', 'membership', 'payment', 'refund', 'dispute'] as const) {
    await writeFacts(
      pool,
      companyId,
      kind,
      rows.filter((row) => row.kind === kind),
    );
  }
  await writeChanges(
    pool,
    companyId,
    histories.flatMap(({ changes }) => changes),
  );
}

function rowsOf({ person, memberships, payments, refunds, disputes }: CustomerHistory): FactRow[] {
  const { userId, username, name } = person;
  const owned = (kind: FactKind) => (fields: FactFields) => ({ kind, customerId: userId, fields });
  return [
    unowned('customer', { id: userId, username, name }),
    ...memberships.map(owned('membership')),
    ...payments.map(owned('payment')),
    ...refunds.map(owned('refund')),
    ...disputes.map(owned('dispute')),
  ];
}

async function writeChanges(pool: Pool, companyId: string, changes: readonly MembershipChange[]): Promise<void> {
  const rows = changes.map(({ membershipId, change, at }) => ({ id: membershipId, change, at: new Date(at) }));
  await pool.query(
    `insert into membership_change (company_id, membership_id, change, at)
     select $1, id, change, at from jsonb_to_recordset($2) as told (id text, change text, at timestamptz)`,
    [companyId, JSON.stringify(rows)],
  );
}
