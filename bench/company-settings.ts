import type { CompanySettings } from '../src/domain/company.ts';

/** The clock of everything that is measured: a run is the same on every day. */
export const now = Date.UTC(2026, 9, 15, 12);

/** A zone whose clocks change, as most owners have one. */
export const companySettings: CompanySettings = {
  timeZone: 'Europe/Berlin',
  weekStart: 'monday',
  reportingCurrency: 'USD',
};
