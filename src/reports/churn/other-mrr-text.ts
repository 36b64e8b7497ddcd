import type { OtherMrr } from '../../domain/churn/scan.ts';
import { minorDigits, toMajor } from '../../domain/money.ts';

/** Exact, with its currency: `MXN 529.00`; null where there is none. */
export function otherMrrText(otherMrr: OtherMrr): string | null {
  const amounts = Object.entries(otherMrr).map(
    ([code, minor]) => `${code} ${toMajor(minor, code).toFixed(minorDigits(code))}`,
  );
  return amounts.length === 0 ? null : amounts.join(' · ');
}
