import type { PoolClient } from 'pg';
import { type CustomerBook, customerBook } from '../../domain/customer-book.ts';
import type { Terms } from '../../domain/membership-record.ts';
import type { BookHead } from '../../store/book-head.ts';
import { readFacts } from '../../store/company-facts.ts';
import { readCustomerBooks } from '../../store/customer-books.ts';
import { readCustomers } from '../../store/customer-facts.ts';
import type { TouchedCustomer } from '../assign-customers.ts';
import { bookChange, isNoChange } from './book-change.ts';
import type { RollupChanges } from './rollup-changes.ts';
import { countPaid, type HeadChanges, noteMemberships } from './write-book-head.ts';
import { writeCustomerBooks } from './write-customer-books.ts';

/** By what customers of a company are judged. */
export async function readTerms(client: PoolClient, { companyId, currency }: BookHead): Promise<Terms> {
  const plans = await readFacts(client, 'plan', companyId);
  return { plans: new Map(plans.map((plan) => [plan.id, plan])), reportingCurrency: currency };
}

type Some = {
  companyId: string;
  terms: Terms;
  customers: readonly Pick<TouchedCustomer, 'customerId' | 'whole'>[];
  /** The payments whose flows are compared, of customers who aren't compared whole; null where no books are kept yet. */
  payments: ReadonlySet<string> | null;
};

/** What is to be done for the company besides. */
export type CompanyChanges = { rollups: RollupChanges; head: HeadChanges };

/** Brings the books of some customers to what follows from their facts, and notes what that changes for the company. */
export async function keepSome(
  client: PoolClient,
  { companyId, terms, customers, payments }: Some,
  { rollups, head }: CompanyChanges,
): Promise<void> {
  const customerIds = customers.map(({ customerId }) => customerId);
  const wholeIds = new Set(customers.filter(({ whole }) => whole).map(({ customerId }) => customerId));
  const [facts, kept] = await Promise.all([
    readCustomers(client, companyId, customerIds),
    payments === null ? noBooks : readCustomerBooks(client, { companyId, customerIds, wholeIds, payments }),
  ]);
  const changes = [...facts].map(([id, own]) => {
    const isWhole = payments === null || wholeIds.has(id);
    const made = customerBook(own, terms, (payment) => isWhole || payments.has(payment.id));
    return bookChange(id, kept.get(id) ?? nothing, made);
  });
  for (const own of facts.values()) noteMemberships(head, own);
  for (const { gone, come } of changes) {
    for (const [book, sign] of [[gone, -1] as const, [come, 1] as const]) {
      rollups.add(book, sign);
      countPaid(head, book, sign);
    }
  }
  await writeCustomerBooks(
    client,
    companyId,
    changes.filter((change) => !isNoChange(change)),
  );
}

const nothing: CustomerBook = { flows: [], stocks: [] };
const noBooks: ReadonlyMap<string, CustomerBook> = new Map();
