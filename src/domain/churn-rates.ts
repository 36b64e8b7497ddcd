import type { Books, CustomerBook } from './books.ts';
import type { Stretch } from './calendar.ts';
import type { Instant } from './facts.ts';
import { ratio, type Value } from './figure-value.ts';
import { mrrAt } from './movements.ts';

/** Customers who paid at the start and don't at the end, of those who paid at the start. */
export function customerChurnRate({ customers }: Books, { start, asOf }: Stretch): Value {
  const opening = customers.filter((customer) => pays(customer, start - 1));
  const lost = opening.filter((customer) => !pays(customer, asOf));
  return ratio(lost.length, opening.length, 'nobody paid at the start of this period');
}

function pays({ timeline }: CustomerBook, at: Instant): boolean {
  return [...timeline.values()].some((states) => mrrAt(states, at) > 0);
}

/** Of the MRR that customers had at the start, what is left without (GRR) and with (NRR) what they added. */
export function revenueRetention(
  { customers, currency }: Books,
  { start, asOf }: Stretch,
): Record<'grr' | 'nrr', Value> {
  const pairs = customers.flatMap(({ timeline }) => {
    const states = timeline.get(currency) ?? [];
    const opening = mrrAt(states, start - 1);
    return opening > 0 ? [{ opening, closing: mrrAt(states, asOf) }] : [];
  });
  const sum = (of: (pair: { opening: number; closing: number }) => number) =>
    pairs.reduce((total, pair) => total + of(pair), 0);
  const opening = sum((pair) => pair.opening);
  const none = `nobody paid in ${currency} at the start of this period`;
  return {
    grr: ratio(
      sum((pair) => Math.min(pair.opening, pair.closing)),
      opening,
      none,
    ),
    nrr: ratio(
      sum((pair) => pair.closing),
      opening,
      none,
    ),
  };
}
