import type { PoolClient } from 'pg';
import { type CustomerBook, customerBook } from '../../domain/customer-book.ts';
import { type CustomerNews, withoutNews } from '../../domain/customer-news.ts';
import type { Payment } from '../../domain/facts.ts';
import type { CustomerFacts, Terms } from '../../domain/membership-record.ts';
import type { BookHead } from '../../store/book-head.ts';
import { readFacts } from '../../store/company-facts.ts';
import { readCustomerBooks } from '../../store/customer-books.ts';
import { readCustomers } from '../../store/customer-facts.ts';
import type { TouchedCustomer } from '../assign-customers.ts';
import { type BookChange, bookChange, isNoChange } from './book-change.ts';
import type { RollupChanges } from './rollup-changes.ts';
import { countPaid, type HeadChanges, noteMemberships } from './write-book-head.ts';
import { writeCustomerBooks } from './write-customer-books.ts';

/** By what customers of a company are judged. */
export async function readTerms(client: PoolClient, { companyId, currency }: BookHead): Promise<Terms> {
  const plans = await readFacts(client, 'plan', companyId);
  return { plans: new Map(plans.map((plan) => [plan.id, plan])), reportingCurrency: currency };
}

type Company = { companyId: string; terms: Terms };
type Some = Company & { customers: readonly TouchedCustomer[]; news: CustomerNews };

/** What is to be done for the company besides. */
export type CompanyChanges = { rollups: RollupChanges; head: HeadChanges };

/**
 * Brings the books of some customers to what follows from their facts, and notes what that changes for the company. What is kept
 * of a customer follows from the facts without the news; of whom more may have changed it is read.
 */
export async function keepSome(
  client: PoolClient,
  { companyId, terms, customers, news }: Some,
  changes: CompanyChanges,
): Promise<void> {
  const wholeIds = customers.filter(({ whole }) => whole).map(({ customerId }) => customerId);
  const [facts, kept] = await Promise.all([
    readCustomers(
      client,
      companyId,
      customers.map(({ customerId }) => customerId),
    ),
    wholeIds.length === 0 ? noBooks : readCustomerBooks(client, companyId, wholeIds),
  ]);
  const isNews = ({ id }: Payment) => news.payments.has(id);
  const bookChanges = [...facts].map(([id, own]) => {
    const book = kept.get(id);
    return book === undefined
      ? bookChange(id, customerBook(withoutNews(own, news), terms, isNews), customerBook(own, terms, isNews))
      : bookChange(id, book, customerBook(own, terms));
  });
  await writeChanges(client, companyId, { facts, bookChanges }, changes);
}

/** Makes the books of some customers of whom none are kept. */
export async function makeSome(
  client: PoolClient,
  { companyId, terms, customerIds }: Company & { customerIds: readonly string[] },
  changes: CompanyChanges,
): Promise<void> {
  const facts = await readCustomers(client, companyId, customerIds);
  const bookChanges = [...facts].map(([id, own]) => bookChange(id, nothing, customerBook(own, terms)));
  await writeChanges(client, companyId, { facts, bookChanges }, changes);
}

type Judged = { facts: ReadonlyMap<string, CustomerFacts>; bookChanges: readonly BookChange[] };

async function writeChanges(
  client: PoolClient,
  companyId: string,
  { facts, bookChanges }: Judged,
  { rollups, head }: CompanyChanges,
): Promise<void> {
  for (const own of facts.values()) noteMemberships(head, own);
  for (const { gone, come } of bookChanges) {
    for (const [book, sign] of [[gone, -1] as const, [come, 1] as const]) {
      rollups.add(book, sign);
      countPaid(head, book, sign);
    }
  }
  await writeCustomerBooks(
    client,
    companyId,
    bookChanges.filter((change) => !isNoChange(change)),
  );
}

const nothing: CustomerBook = { flows: [], stocks: [] };
const noBooks: ReadonlyMap<string, CustomerBook> = new Map();
