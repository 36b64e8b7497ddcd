import type { Sums } from './totals.ts';

/** A figure's value: null with the reason where it can't be computed. */
export type Value = {
  value: number | null;
  unavailable?: string;
  otherCurrencies?: { currency: string; amount: number }[];
};

/** Sums by currency as one figure: the reporting currency's, with each other one beside it. */
export function inCurrency(sums: Sums, currency: string): Value {
  const others = [...sums].filter(([other]) => other !== currency).sort(([a], [b]) => compareText(a, b));
  const value = sums.get(currency) ?? 0;
  if (others.length === 0) return { value };
  return { value, otherCurrencies: others.map(([other, amount]) => ({ currency: other, amount })) };
}

/** A share, or why there is none. */
export function ratio(part: number, whole: number, unavailable: string): Value {
  return whole === 0 ? { value: null, unavailable } : { value: part / whole };
}

export function add(...all: Sums[]): Sums {
  const sums = new Map<string, number>();
  for (const [key, amount] of all.flatMap((one) => [...one])) sums.set(key, (sums.get(key) ?? 0) + amount);
  return new Map([...sums].filter(([, amount]) => amount !== 0));
}

export function scale(sums: Sums, by: number): Sums {
  return new Map([...sums].map(([key, amount]) => [key, amount * by]));
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
