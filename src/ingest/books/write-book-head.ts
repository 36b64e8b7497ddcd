import type { PoolClient } from 'pg';
import { type PaidCurrencies, reportingCurrencyOf } from '../../domain/company.ts';
import type { CustomerBook } from '../../domain/customer-book.ts';
import type { Instant } from '../../domain/facts.ts';
import type { CustomerFacts } from '../../domain/membership-record.ts';
import type { BookHead } from '../../store/book-head.ts';

/** What the head of a company's books is to learn from its customers. */
export type HeadChanges = {
  paid: Map<string, number>;
  membershipsAsOf: Instant | null;
};

export function noHeadChanges(): HeadChanges {
  return { paid: new Map(), membershipsAsOf: null };
}

/** Counts the succeeded payments of a book by the currency that they were paid in. */
export function countPaid({ paid }: HeadChanges, { flows }: CustomerBook, sign: 1 | -1): void {
  for (const { paidIn } of flows) if (paidIn !== null) paid.set(paidIn, (paid.get(paidIn) ?? 0) + sign);
}

export function noteMemberships(changes: HeadChanges, { memberships }: CustomerFacts): void {
  for (const { updatedAt } of memberships) {
    if (updatedAt !== null && updatedAt > (changes.membershipsAsOf ?? updatedAt - 1))
      changes.membershipsAsOf = updatedAt;
  }
}

/** Whether amounts in other currencies are converted: Whop gives its rates into US dollars alone. */
export function converts(currency: string): boolean {
  return currency === 'USD';
}

/** Writes the head of a company's books, and answers with it. */
export async function writeBookHead(client: PoolClient, head: BookHead, changes: HeadChanges): Promise<BookHead> {
  await addPaid(client, head.companyId, changes.paid);
  const currency = reportingCurrencyOf(await readPaid(client, head.companyId), {
    reportingCurrency: head.wantedCurrency,
  });
  const membershipsAsOf = later(head.membershipsAsOf, changes.membershipsAsOf);
  const { companyId, rules, timeZone, wantedCurrency } = head;
  await client.query(
    `insert into book (company_id, rules, time_zone, wanted_currency, currency, memberships_as_of)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (company_id) do update set rules = excluded.rules, time_zone = excluded.time_zone,
       wanted_currency = excluded.wanted_currency, currency = excluded.currency,
       memberships_as_of = excluded.memberships_as_of`,
    [companyId, rules, timeZone, wantedCurrency, currency, membershipsAsOf === null ? null : new Date(membershipsAsOf)],
  );
  return { ...head, currency, membershipsAsOf };
}

async function addPaid(client: PoolClient, companyId: string, paid: PaidCurrencies): Promise<void> {
  const changed = [...paid].filter(([, payments]) => payments !== 0);
  if (changed.length === 0) return;
  await client.query(
    `insert into book_currency (company_id, currency, payments)
     select $1, * from unnest($2::text[], $3::int[])
     on conflict (company_id, currency) do update set payments = book_currency.payments + excluded.payments`,
    [companyId, changed.map(([currency]) => currency), changed.map(([, payments]) => payments)],
  );
  await client.query('delete from book_currency where company_id = $1 and payments = 0', [companyId]);
}

async function readPaid(client: PoolClient, companyId: string): Promise<PaidCurrencies> {
  const { rows } = await client.query<{ currency: string; payments: number }>(
    'select currency, payments from book_currency where company_id = $1',
    [companyId],
  );
  return new Map(rows.map(({ currency, payments }) => [currency, payments]));
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
