import { type CustomerBook, customerBook, within } from '../domain/customer-book.ts';
import type { Instant } from '../domain/facts.ts';
import type { Sums } from '../domain/figure-value.ts';
import { wholeCompany } from '../domain/scope.ts';
import { readFacts } from '../store/company-facts.ts';
import { nextCustomerIds, readCustomers } from '../store/customer-facts.ts';
import type { Database } from '../store/database.ts';
import { readingOneMoment } from '../store/read-only.ts';

type Amount = { currency: string; amount: number };
type AmountsOf = (book: CustomerBook) => Amount[];

/** ISO 4217's code for no currency: nothing is converted into it. */
const noCurrency = 'XXX';
const customersAtOnce = 500;

/** What recurs as at an instant. */
export function mrrAt(at: Instant): AmountsOf {
  return ({ stocks }) =>
    stocks
      .filter((entry) => entry.scope === wholeCompany && entry.at <= at)
      .map(({ currency, amounts }) => ({ currency, amount: amounts.mrr ?? 0 }));
}

/** What came in at `start` or later, and before `end`. */
export function grossRevenueWithin(start: Instant, end: Instant): AmountsOf {
  return ({ flows }) =>
    within(flows, start, end).map(({ currency, amounts }) => ({ currency, amount: amounts.gross_revenue ?? 0 }));
}

/**
 * Sums in the currencies that were paid in. Books hold amounts as they are reported, so these are worked out from the facts,
 * customer by customer: for what is asked rarely.
 */
export function unconvertedSums(
  { pool }: Pick<Database, 'pool'>,
  companyId: string,
  amountsOf: AmountsOf,
): Promise<Sums> {
  return readingOneMoment(pool, async (client) => {
    const plans = await readFacts(client, 'plan', companyId);
    const terms = { plans: new Map(plans.map((plan) => [plan.id, plan])), reportingCurrency: noCurrency };
    const sums = new Map<string, number>();
    let ids = await nextCustomerIds(client, companyId, '', customersAtOnce);
    while (ids.length > 0) {
      const customers = await readCustomers(client, companyId, ids);
      for (const { currency, amount } of [...customers.values()].flatMap((own) =>
        amountsOf(customerBook(own, terms)),
      )) {
        if (amount !== 0) sums.set(currency, (sums.get(currency) ?? 0) + amount);
      }
      ids = await nextCustomerIds(client, companyId, ids.at(-1) ?? '', customersAtOnce);
    }
    return sums;
  });
}
