import type { Books } from './books.ts';
import { completeMonths, type Stretch } from './calendar.ts';
import { customerChurnRate, revenueRetention } from './churn-rates.ts';
import type { Instant } from './facts.ts';
import { inCurrency, ratio, scale, type Value } from './figure-value.ts';
import type { Stock } from './ledger.ts';
import { divideMinor } from './money.ts';
import { type CompanyMovement, companyMovements, type MovementKind } from './movements.ts';
import { statesOfNow } from './states-of-now.ts';
import { type Sums, standing, sumBy } from './totals.ts';

export type RecurringKey =
  | 'mrr'
  | 'arr'
  | 'committed_mrr'
  | 'mrr_past_due'
  | 'trial_mrr'
  | 'paying_customers'
  | 'arpu'
  | 'ltv'
  | 'opening_mrr'
  | 'new_mrr'
  | 'expansion_mrr'
  | 'contraction_mrr'
  | 'churn_mrr'
  | 'reactivation_mrr'
  | 'customer_churn_rate'
  | 'grr'
  | 'nrr'
  | 'quick_ratio';

/** What recurs: stocks as at the stretch's `asOf`, movements within it. */
export function recurringFigures(books: Books, stretch: Stretch): Record<RecurringKey, Value> {
  const { currency } = books;
  const money = (sums: Sums) => inCurrency(sums, currency);
  const mrr = mrrSums(books, stretch.asOf);
  return {
    mrr: money(mrr),
    arr: money(scale(mrr, 12)),
    ...statesOfNow(books, stretch),
    paying_customers: { value: payers(books, stretch.asOf).get(everybody) ?? 0 },
    arpu: arpu(books, stretch.asOf),
    ltv: lifetimeValue(books, stretch.asOf),
    opening_mrr: money(mrrSums(books, stretch.start - 1)),
    ...movementFigures(companyMovements(books, stretch), currency),
    customer_churn_rate: customerChurnRate(books, stretch),
    ...revenueRetention(books, stretch),
  };
}

const everybody = 'everybody';

function mrrSums({ entries }: Books, at: Instant): Sums {
  return sumBy(standing('mrr', entries, at), (entry) => entry.currency);
}

/** People who pay, by the currency that they pay, and everybody. */
function payers({ entries }: Books, at: Instant): Sums {
  const measure: Stock = 'paying_customers';
  const people = standing(measure, entries, at).filter((entry) => entry.planId === null);
  return sumBy(people, (entry) => entry.currency ?? everybody);
}

function arpu(books: Books, at: Instant): Value {
  const { currency } = books;
  const value = divideMinor(mrrSums(books, at).get(currency) ?? 0, payers(books, at).get(currency) ?? 0);
  return value === null ? { value, unavailable: `nobody pays in ${currency} at this time` } : { value };
}

const monthsOfChurn = { most: 6, least: 3 };

/** ARPU / mean monthly customer churn rate of the last 6 complete months that had customers at their start. */
function lifetimeValue(books: Books, at: Instant): Value {
  const perCustomer = arpu(books, at);
  if (perCustomer.value === null) return perCustomer;
  const months = completeMonths(at, monthsOfChurn.most, books.timeZone);
  const rates = months.flatMap((month) => customerChurnRate(books, month).value ?? []);
  if (rates.length < monthsOfChurn.least) {
    const unavailable = `not enough data: ${rates.length} complete months, ${monthsOfChurn.least} needed`;
    return { value: null, unavailable };
  }
  const lost = rates.reduce((sum, rate) => sum + rate, 0);
  if (lost === 0) return { value: null, unavailable: 'nobody left in the last complete months' };
  return { value: Math.round((perCustomer.value * rates.length) / lost) };
}

type MovementFigure = `${MovementKind}_mrr` | 'quick_ratio';

function movementFigures(movements: readonly CompanyMovement[], currency: string): Record<MovementFigure, Value> {
  const sums = (kind: MovementKind) => {
    const byCurrency = new Map<string, number>();
    for (const movement of movements.filter((one) => one.kind === kind)) {
      byCurrency.set(movement.currency, (byCurrency.get(movement.currency) ?? 0) + movement.amountMinor);
    }
    return byCurrency;
  };
  const own = (kind: MovementKind) => sums(kind).get(currency) ?? 0;
  return {
    new_mrr: inCurrency(sums('new'), currency),
    expansion_mrr: inCurrency(sums('expansion'), currency),
    contraction_mrr: inCurrency(sums('contraction'), currency),
    churn_mrr: inCurrency(sums('churn'), currency),
    reactivation_mrr: inCurrency(sums('reactivation'), currency),
    quick_ratio: ratio(own('new') + own('expansion'), own('contraction') + own('churn'), 'no losses'),
  };
}
