import type { SamplePlan, SampleProduct } from '../../src/demo/catalogue.ts';
import type { Chance } from '../../src/demo/chance.ts';

/** A plan of the benchmarks' companies, and how its customers behave. */
export type BenchPlan = SamplePlan & {
  periodDays: number;
  /** Of a hundred that join, as many as come for it. */
  weight: number;
  /** The share of periods after which the customer leaves. */
  churn: number;
};

const club: SampleProduct = { id: 'prod_benchClub', title: 'Trading Floor', route: 'trading-floor' };
const circle: SampleProduct = { id: 'prod_benchCircle', title: 'Inner Circle', route: 'inner-circle' };

const common = { product: club, trialDays: null, joiningFeeMinor: { usd: 0, eur: 0, mxn: 0 } };
const monthlyPrice = { usd: 4900, eur: 4500, mxn: 89900 };

const monthly: BenchPlan = {
  ...common,
  id: 'plan_benchMonthly',
  title: 'Monthly',
  periodDays: 30,
  priceMinor: monthlyPrice,
  weight: 45,
  churn: 0.045,
};
const trial: BenchPlan = {
  ...monthly,
  id: 'plan_benchTrial',
  title: 'Monthly, first week free',
  trialDays: 7,
  weight: 25,
};
const quarterly: BenchPlan = {
  ...common,
  id: 'plan_benchQuarterly',
  title: 'Quarterly',
  periodDays: 90,
  priceMinor: { usd: 12900, eur: 11900, mxn: 234900 },
  weight: 8,
  churn: 0.12,
};
const yearly: BenchPlan = {
  ...common,
  id: 'plan_benchYearly',
  title: 'Yearly',
  periodDays: 365,
  priceMinor: { usd: 44900, eur: 40900, mxn: 799900 },
  weight: 8,
  churn: 0.45,
};
const premium: BenchPlan = {
  ...common,
  id: 'plan_benchPremium',
  title: 'Inner Circle',
  product: circle,
  periodDays: 30,
  priceMinor: { usd: 14900, eur: 13900, mxn: 269900 },
  weight: 12,
  churn: 0.045,
};

export const benchProducts: readonly SampleProduct[] = [club, circle];
export const benchPlans: readonly BenchPlan[] = [monthly, trial, quarterly, yearly, premium];

export function pickPlan(chance: Chance): BenchPlan {
  return chance.weighted([
    [monthly, monthly.weight],
    ...benchPlans.slice(1).map((plan) => [plan, plan.weight] as const),
  ]);
}
