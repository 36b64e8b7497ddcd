import type { WeekStart } from './calendar.ts';
import type { Company, Plan, Product } from './facts.ts';

export type CompanySettings = {
  timeZone: string;
  weekStart: WeekStart;
  /** Null: the currency most paid in. */
  reportingCurrency: string | null;
};

/** How many payments succeeded, by the currency that they were paid in. */
export type PaidCurrencies = ReadonlyMap<string, number>;

/** The currency in which a company reports: its setting, else that of most paid payments, else US dollars. */
export function reportingCurrencyOf(
  paid: PaidCurrencies,
  { reportingCurrency }: Pick<CompanySettings, 'reportingCurrency'>,
): string {
  if (reportingCurrency !== null) return reportingCurrency;
  const [most] = [...paid].filter(([, count]) => count > 0).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return most?.[0] ?? 'USD';
}

/** What a company sells: the names that its reports use. */
export type Catalogue = { company: Company | undefined; plans: readonly Plan[]; products: readonly Product[] };

/** What a plan is called: by its own title, else its product's, else its id. */
export function planName(planId: string | null, { plans, products }: Pick<Catalogue, 'plans' | 'products'>): string {
  if (planId === null) return 'Without a plan';
  const plan = plans.find(({ id }) => id === planId);
  const product = products.find(({ id }) => id === plan?.productId);
  return plan?.title ?? product?.title ?? planId;
}

export function productName(productId: string, { products }: Pick<Catalogue, 'products'>): string {
  return products.find(({ id }) => id === productId)?.title ?? productId;
}
