import type { PeriodName } from '../domain/calendar.ts';

/** On buttons and in menus. */
export const periodLabels: Readonly<Record<PeriodName, string>> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '365d': '365 days',
  week: 'Last week',
  month: 'Last month',
};
