export type Unit = 'money' | 'count' | 'ratio' | 'minutes' | 'days' | 'number';

export type Figure = {
  key: string;
  label: string;
  unit: Unit;
  /** Money in minor units of the report's currency, ratios 0–1; null where it can't be computed. */
  value: number | null;
  previous: number | null;
  /** Why `value` is null, in words. */
  unavailable?: string;
  /** What couldn't be converted, each in minor units of its own currency. */
  otherCurrencies?: { currency: string; amount: number }[];
};

export type Table = {
  key: string;
  title: string;
  columns: { key: string; label: string; unit: string }[];
  rows: Record<string, string | number | null>[];
};

type Series = {
  key: string;
  label: string;
  unit: string;
  /** One point for every local day of the period. */
  points: { day: string; value: number }[];
};

/** The one result of every question, independent of where it is shown. Periods are half-open, instants UTC. */
export type Report = {
  name: string;
  company: { id: string; name: string };
  asOf: string;
  timeZone: string;
  currency: string;
  period: { name: string; start: string; end: string };
  previous: { start: string; end: string } | null;
  figures: Figure[];
  tables: Table[];
  series: Series[];
  notes: string[];
};
