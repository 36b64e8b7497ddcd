/** Digits after the decimal point where they aren't two: ISO 4217's list, and Whop's codes for digital money. */
const digitsByCurrency: Readonly<Record<string, number>> = {
  ...digits(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...digits(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...digits(4, 'CLF UYW'),
  // Digital money is divided further than integers can carry; a hundred-millionth is what Bitcoin calls its smallest unit.
  ...digits(8, 'BTC ETH XAU'),
};

function digits(count: number, currencies: string): Record<string, number> {
  return Object.fromEntries(currencies.split(' ').map((currency) => [currency, count]));
}

/** How many digits of a currency's amount are its minor unit: JPY 0, USD 2, KWD 3. */
export function minorDigits(currency: string): number {
  return digitsByCurrency[currency] ?? 2;
}

const decimalPattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;

/**
 * A decimal amount in major units, as Whop sends it, in integer minor units; half a minor unit is rounded away from zero.
 * Null where it is no decimal number or larger than an integer can exactly be.
 */
export function toMinor(amount: string | number, currency: string): number | null {
  const match = decimalPattern.exec(String(amount).trim());
  if (!match) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = whole + fraction;
  if (digits === '') return null;
  const scale = minorDigits(currency) + Number(exponent) - fraction.length;
  const minor = shifted(digits, scale);
  return minor === null || sign !== '-' ? minor : 0 - minor;
}

/** A number of these digits times a power of ten. Up to 15 digits a float counts it exactly, and sooner than big integers. */
function shifted(digits: string, scale: number): number | null {
  if (scale >= 0 && digits.length + scale <= 15) return Number(digits) * 10 ** scale;
  const units = BigInt(digits);
  return safeInteger(scale >= 0 ? units * 10n ** BigInt(scale) : divideHalfAway(units, 10n ** BigInt(-scale)));
}

/** An amount in major units, for people and for axes. */
export function toMajor(amountMinor: number, currency: string): number {
  return amountMinor / 10 ** minorDigits(currency);
}

/** A share of integers without a rounding error on the way: `numerator / denominator`, not yet reduced. */
export type Fraction = { numerator: bigint; denominator: bigint };

export function fraction(numerator: number, denominator: number): Fraction {
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

/** All of it. */
export const whole: Fraction = fraction(1, 1);

export function multiply(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** An integer amount times a fraction, rounded once, half away from zero. */
export function scaleMinor(amountMinor: number, by: Fraction): number {
  if (by.numerator === by.denominator) return amountMinor;
  return safeInteger(divideHalfAway(BigInt(amountMinor) * by.numerator, by.denominator)) ?? 0;
}

/** A money quotient such as ARPU in minor units, rounded half away from zero; null where the divisor is 0. */
export function divideMinor(amountMinor: number, by: number): number | null {
  return by === 0 ? null : scaleMinor(amountMinor, fraction(1, by));
}

function divideHalfAway(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const [n, d] = [absolute(dividend), absolute(divisor)];
  const rounded = (2n * n + d) / (2n * d);
  return negative ? -rounded : rounded;
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

const largestSafe = BigInt(Number.MAX_SAFE_INTEGER);

function safeInteger(value: bigint): number | null {
  return absolute(value) <= largestSafe ? Number(value) : null;
}
