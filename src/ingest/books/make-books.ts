import type { PoolClient } from 'pg';
import type { CompanySettings } from '../../domain/company.ts';
import { type BookHead, readBookHead } from '../../store/book-head.ts';
import { effectiveSettings } from '../../store/company-settings.ts';
import { nextCustomerIds } from '../../store/customer-facts.ts';
import { assignAllCustomers } from '../assign-customers.ts';
import { bookRules } from './book-rules.ts';
import { makeSome, readTerms } from './keep-some.ts';
import { createRollupChanges } from './rollup-changes.ts';
import { converts, noHeadChanges, writeBookHead } from './write-book-head.ts';
import { gatherPairs, writeGathered, writeRollups } from './write-rollups.ts';

const customersAtOnce = 500;
/** Sums that become more with each customer are written before they take too much memory. */
const mostPairsAtOnce = 50_000;

const bookTables = ['book', 'book_currency', 'book_flow', 'book_stock', 'book_day', 'book_kept', 'book_lifetime'];

/**
 * Makes a company's books from nothing but its facts. The caller holds the lock of the company.
 * @returns how many customers it has
 */
export async function makeBooks(
  client: PoolClient,
  companyId: string,
  defaults: Pick<CompanySettings, 'timeZone' | 'reportingCurrency'>,
): Promise<number> {
  const before = await readBookHead(client, companyId);
  const { timeZone, reportingCurrency } = await effectiveSettings(client, companyId, defaults);
  await assignAllCustomers(client, companyId);
  const guess = reportingCurrency ?? before?.currency ?? 'USD';
  const head = { companyId, rules: bookRules, timeZone, wantedCurrency: reportingCurrency, membershipsAsOf: null };
  return makeFrom(client, { ...head, currency: guess });
}

/** Which currency is paid in most is known at the end only: where it isn't the one expected, all is made once more. */
async function makeFrom(client: PoolClient, expected: BookHead): Promise<number> {
  const { companyId, timeZone } = expected;
  for (const table of bookTables) await client.query(`delete from ${table} where company_id = $1`, [companyId]);
  const terms = await readTerms(client, expected);
  const changes = { rollups: createRollupChanges(timeZone), head: noHeadChanges() };
  let customers = 0;
  for (let ids = await nextCustomerIds(client, companyId, '', customersAtOnce); ids.length > 0; ) {
    await makeSome(client, { companyId, terms, customerIds: ids }, changes);
    if (changes.rollups.pairs() > mostPairsAtOnce) await gatherPairs(client, companyId, changes.rollups);
    customers += ids.length;
    ids = await nextCustomerIds(client, companyId, ids.at(-1) ?? '', customersAtOnce);
  }
  await gatherPairs(client, companyId, changes.rollups);
  await writeGathered(client, companyId);
  await writeRollups(client, companyId, changes.rollups);
  // A company that nothing is known of has no books.
  if (customers === 0) return 0;
  const made = await writeBookHead(client, expected, changes.head);
  return converts(made.currency) === converts(expected.currency)
    ? customers
    : makeFrom(client, { ...expected, currency: made.currency });
}
