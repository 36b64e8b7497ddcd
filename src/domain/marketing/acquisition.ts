import { compareText } from '../figure-value.ts';

/** Where Whop's facts can tell that a customer came from. */
export const channels = ['promo code', 'direct'] as const;
type Channel = (typeof channels)[number];

/** Somebody who began to pay in a period, and what they paid in it, by currency. */
export type Beginner = { customerId: string; paid: readonly { currency: string; grossMinor: number }[] };

export type AcquisitionSum = { channel: Channel; currency: string; customers: number; grossMinor: number };

/**
 * Each customer counts once: in the reporting currency where they paid in it or in none, else in the first other one by its
 * code. The reporting currency before others, then the most customers.
 */
export function acquisitionSums(
  beginners: readonly Beginner[],
  channelOf: (customerId: string) => Channel,
  reporting: string,
): AcquisitionSum[] {
  const sums = new Map<string, AcquisitionSum>();
  const sumIn = (channel: Channel, currency: string): AcquisitionSum => {
    const key = `${channel} ${currency}`;
    const sum = sums.get(key) ?? { channel, currency, customers: 0, grossMinor: 0 };
    sums.set(key, sum);
    return sum;
  };
  for (const { customerId, paid } of beginners) {
    const channel = channelOf(customerId);
    sumIn(channel, homeOf(paid, reporting)).customers += 1;
    for (const { currency, grossMinor } of paid) sumIn(channel, currency).grossMinor += grossMinor;
  }
  const foreign = ({ currency }: AcquisitionSum) => Number(currency !== reporting);
  return [...sums.values()]
    .filter(({ customers, grossMinor }) => customers !== 0 || grossMinor !== 0)
    .sort(
      (a, b) =>
        foreign(a) - foreign(b) ||
        b.customers - a.customers ||
        compareText(`${a.currency} ${a.channel}`, `${b.currency} ${b.channel}`),
    );
}

function homeOf(paid: Beginner['paid'], reporting: string): string {
  const currencies = paid.map(({ currency }) => currency).sort(compareText);
  return currencies.includes(reporting) ? reporting : (currencies[0] ?? reporting);
}
