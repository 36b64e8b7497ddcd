import type { PoolClient } from 'pg';
import type { CompanySettings } from '../../domain/company.ts';
import type { CustomerNews } from '../../domain/customer-news.ts';
import { groupBy } from '../../domain/group-by.ts';
import { type BookHead, readBookHead } from '../../store/book-head.ts';
import type { TouchedCustomer } from '../assign-customers.ts';
import { type News, newsOf } from './company-news.ts';
import { keepSome, readTerms } from './keep-some.ts';
import { makeBooks } from './make-books.ts';
import { createRollupChanges } from './rollup-changes.ts';
import { converts, noHeadChanges, writeBookHead } from './write-book-head.ts';
import { writeRollups } from './write-rollups.ts';

/** Few enough that Postgres reads some while we work out others, many enough for few statements. */
const customersAtOnce = 24;
/** So many such groups are under way at once. */
const groupsAtOnce = 4;

/** Whose books may be others now, and by which news. */
type TouchedBooks = { customers: readonly TouchedCustomer[]; news: News };

/**
 * Brings the books of these customers, and the sums of their companies, to what follows from the facts as they are now. A
 * company that has no books yet gets them whole. The caller holds the lock of the companies.
 * @param defaults for companies that have set nothing themselves
 */
export async function keepBooks(
  client: PoolClient,
  { customers, news }: TouchedBooks,
  defaults: CompanySettings,
): Promise<void> {
  for (const [companyId, own] of groupBy(customers, (customer) => customer.companyId)) {
    const head = await readBookHead(client, companyId);
    if (head === null) await makeBooks(client, companyId, defaults);
    else await keepBooksOf(client, head, { customers: own, news: newsOf(companyId, news) });
  }
}

async function keepBooksOf(
  client: PoolClient,
  before: BookHead,
  { customers, news }: { customers: readonly TouchedCustomer[]; news: CustomerNews },
): Promise<void> {
  const { companyId, timeZone, wantedCurrency } = before;
  const terms = await readTerms(client, before);
  const changes = { rollups: createRollupChanges(timeZone), head: noHeadChanges() };
  for (const groups of inGroups(inGroups(customers, customersAtOnce), groupsAtOnce)) {
    await Promise.all(groups.map((some) => keepSome(client, { companyId, terms, customers: some, news }, changes)));
  }
  const head = await writeBookHead(client, before, changes.head);
  if (converts(head.currency) === converts(before.currency)) await writeRollups(client, companyId, changes.rollups);
  else await makeBooks(client, companyId, { timeZone, reportingCurrency: wantedCurrency });
}

function inGroups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
