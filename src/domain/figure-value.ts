/** A figure's value: null with the reason where it can't be computed. */
export type Value = {
  value: number | null;
  unavailable?: string;
  otherCurrencies?: { currency: string; amount: number }[];
};

/** Minor units by currency. */
export type Sums = ReadonlyMap<string, number>;

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

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
