import type { CompanySettings } from '../../domain/company.ts';
import type { BookHead } from '../../store/book-head.ts';

/**
 * By which rules books are made. Whoever changes what follows from the same facts raises it, so that books that were made by
 * other rules are made anew at the next start.
 */
export const bookRules = 1;

/** Whether books were made by the rules of now and for these settings. */
export function isMadeFor(
  { rules, timeZone, wantedCurrency }: BookHead,
  settings: Pick<CompanySettings, 'timeZone' | 'reportingCurrency'>,
): boolean {
  return rules === bookRules && timeZone === settings.timeZone && wantedCurrency === settings.reportingCurrency;
}
