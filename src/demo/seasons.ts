import type { Currency } from './sample.ts';

export const secondMs = 1000;
export const minuteMs = 60 * secondMs;
export const dayMs = 24 * 60 * minuteMs;

/** What is different at different times of the community's fourteen months, and of its future. */
export type Seasons = {
  now: number;
  /** Nothing is known of what comes after it. */
  until: number;
  start: number;
  /** Until then Whop tells it in the legacy shape, which can't tell what came about meanwhile: nothing odd happens. */
  legacyUntil: number;
  /** From then on in the shape of a recent pin. */
  recentFrom: number;
  promotion: Stretch;
  /** The same offer once more, after now. */
  encore: Stretch;
  /** Many cards are declined, and most of their owners come back with another. */
  bankTroubles: readonly Stretch[];
  /** A livestream goes round, and brings people who stay. */
  livestream: Stretch;
};

type Stretch = { start: number; end: number };

const months = 14;
const futureDays = 217;

export function seasonsUntil(now: number): Seasons {
  const end = Math.floor(now / secondMs) * secondMs;
  const ago = (days: number) => end - days * dayMs;
  const start = ago(Math.round(months * 30.4375));
  return {
    now: end,
    until: ago(-futureDays),
    start,
    legacyUntil: start + 90 * dayMs,
    recentFrom: ago(10),
    promotion: { start: ago(160), end: ago(154) },
    encore: { start: ago(-45), end: ago(-51) },
    bankTroubles: [
      { start: ago(27), end: ago(21) },
      { start: ago(-9), end: ago(-15) },
    ],
    livestream: { start: ago(16), end: ago(10) },
  };
}

export function isWithin(at: number, { start, end }: { start: number; end: number }): boolean {
  return start <= at && at < end;
}

/** US dollars for one unit, slowly up and down over the year. */
export function dollarsPer(currency: Currency, at: number): number {
  const wave = Math.sin((at / dayMs / 365) * 2 * Math.PI);
  const rates = { usd: 1, eur: 1.09 + 0.03 * wave, mxn: 0.054 + 0.002 * wave };
  return rates[currency];
}
