import type { Happening, SampleMembership, SamplePayment, SampleRefund } from '../../src/demo/sample.ts';

/** What is true of the sample community, counted from what happened and not from what Whop would tell. */

/** By id, each as it last was; so are the others. */
export function memberships(community: readonly Happening[]): Map<string, SampleMembership> {
  return new Map(community.flatMap((one) => ('membership' in one ? [[one.membership.id, one.membership]] : [])));
}

export function payments(community: readonly Happening[]): Map<string, SamplePayment> {
  return new Map(community.flatMap((one) => ('payment' in one ? [[one.payment.id, one.payment]] : [])));
}

export function refunds(community: readonly Happening[]): Map<string, SampleRefund> {
  return new Map(community.flatMap((one) => ('refund' in one ? [[one.refund.id, one.refund]] : [])));
}

export function peopleOf(community: readonly Happening[]): Set<string> {
  return new Set([...memberships(community).values()].map(({ person }) => person.userId));
}

/** When each membership that ended did. */
export function endings(community: readonly Happening[]): Map<string, number> {
  return new Map(
    community.flatMap((one) => (one.type === 'membership.deactivated' ? [[one.membership.id, one.at]] : [])),
  );
}

/** Minor units by currency: in dollars where Whop tells the payment in dollars, else as it was paid. */
export function inDollars(amounts: readonly { payment: SamplePayment; amountMinor: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { payment, amountMinor } of amounts) {
    const { currency, usdTotalMinor, netMinor, taxMinor } = payment;
    const foreign = currency !== 'usd' && usdTotalMinor === null;
    const rate = currency === 'usd' || usdTotalMinor === null ? 1 : usdTotalMinor / (netMinor + taxMinor);
    const key = foreign ? currency.toUpperCase() : 'USD';
    sums.set(key, (sums.get(key) ?? 0) + Math.round(amountMinor * rate));
  }
  return sums;
}

const paymentsPerMonth: Readonly<Record<number, number>> = { 7: 52 / 12, 30: 1, 365: 1 / 12 };

/** What a membership that hasn't ended is paid a month; null where nothing was paid yet, or nothing recurs. */
export function monthly(paid: readonly SamplePayment[]): { payment: SamplePayment; amountMinor: number } | null {
  const prices = paid.map((payment) => ({ payment, amountMinor: monthlyPrice(payment) }));
  const last = prices.at(-1);
  if (last === undefined || last.payment.membership.plan.periodDays === null) return null;
  const firstOfRun = prices.findLastIndex(({ amountMinor }) => amountMinor !== last.amountMinor) + 1;
  return prices.slice(firstOfRun).find(({ payment }) => payment.usdTotalMinor !== null) ?? last;
}

function monthlyPrice({ membership: { plan }, netMinor, currency, reason }: SamplePayment): number {
  const [price, fee] = [plan.priceMinor[currency], plan.joiningFeeMinor[currency]];
  const recurring = reason === 'subscription_create' ? price / (price + fee) : 1;
  return Math.round(netMinor * recurring * (paymentsPerMonth[plan.periodDays ?? 0] ?? 0));
}
