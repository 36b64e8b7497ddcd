import { minorDigits } from '../../domain/money.ts';

/** For a figure in a legend: $12.4K, $541, $46.30. */
export function shortMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { ...compactMoney(currency), ...digits(Math.abs(amount), currency) });
  return isIntlCurrency(currency) ? format.format(amount) : `${format.format(amount)} ${currency}`;
}

function digits(size: number, currency: string): Intl.NumberFormatOptions {
  if (size >= 100) return { maximumSignificantDigits: 3 };
  const fraction = minorDigits(currency);
  return { minimumFractionDigits: fraction, maximumFractionDigits: fraction, trailingZeroDisplay: 'stripIfInteger' };
}

export function compactMoney(currency: string): Intl.NumberFormatOptions {
  const compact = { notation: 'compact' } as const;
  return isIntlCurrency(currency) ? { style: 'currency', currency, ...compact } : compact;
}

/** Intl refuses longer codes, such as USDC. */
function isIntlCurrency(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency);
}
