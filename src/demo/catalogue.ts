import type { Currency } from './sample.ts';

export const company = { id: 'biz_demoGoldenHour', route: 'golden-hour', title: 'Golden Hour Club' };

export type SampleProduct = { id: string; title: string; route: string };

export type SamplePlan = {
  id: string;
  title: string;
  product: SampleProduct;
  /** Null: bought once. */
  periodDays: number | null;
  trialDays: number | null;
  /** What each period costs (or the purchase), in what people pay in. */
  priceMinor: Readonly<Record<Currency, number>>;
  /** On top of the first payment. */
  joiningFeeMinor: Readonly<Record<Currency, number>>;
};

const club = { id: 'prod_demoClub', title: 'Golden Hour Club', route: 'club' };
const circle = { id: 'prod_demoCircle', title: 'Inner Circle', route: 'inner-circle' };
const vault = { id: 'prod_demoVault', title: 'Preset Vault', route: 'preset-vault' };

const free = { usd: 0, eur: 0, mxn: 0 };
const recurring = { trialDays: null, joiningFeeMinor: free };
const monthlyPrice = { usd: 2900, eur: 2700, mxn: 52900 };

export const plans = {
  weekly: {
    ...recurring,
    id: 'plan_demoWeekly',
    title: 'Club, weekly',
    product: club,
    periodDays: 7,
    priceMinor: { usd: 900, eur: 850, mxn: 16900 },
  },
  monthly: {
    ...recurring,
    id: 'plan_demoMonthly',
    title: 'Club, monthly',
    product: club,
    periodDays: 30,
    priceMinor: monthlyPrice,
  },
  trial: {
    ...recurring,
    id: 'plan_demoTrial',
    title: 'Club, first week free 🌅',
    product: club,
    periodDays: 30,
    trialDays: 7,
    priceMinor: monthlyPrice,
  },
  yearly: {
    ...recurring,
    id: 'plan_demoYearly',
    title: 'Club, yearly',
    product: club,
    periodDays: 365,
    priceMinor: { usd: 24900, eur: 22900, mxn: 449000 },
  },
  circle: {
    ...recurring,
    id: 'plan_demoCircle',
    title: 'Inner Circle',
    product: circle,
    periodDays: 30,
    priceMinor: { usd: 9900, eur: 8910, mxn: 178200 },
    joiningFeeMinor: { usd: 5000, eur: 4500, mxn: 90000 },
  },
  lifetime: {
    ...recurring,
    id: 'plan_demoVault',
    title: 'Preset Vault, lifetime',
    product: vault,
    periodDays: null,
    priceMinor: { usd: 14900, eur: 13900, mxn: 269000 },
  },
} as const satisfies Record<string, SamplePlan>;

export type PromoCode = {
  id: string;
  code: string;
  percentOff: number;
  /** How many payments it takes something off; null: all of them. */
  payments: number | null;
};

export const promoCodes = {
  welcome: { id: 'promo_demoWelcome', code: 'FIRSTLIGHT', percentOff: 20, payments: 1 },
  friends: { id: 'promo_demoFriends', code: 'CREW10', percentOff: 10, payments: null },
  sunrise: { id: 'promo_demoSunrise', code: 'SUNRISE50', percentOff: 50, payments: 1 },
} as const satisfies Record<string, PromoCode>;
