import { dayOf } from '../../domain/calendar.ts';
import { digestKeys } from '../../domain/digest.ts';
import type { WrittenDigest } from '../../store/write-digest.ts';
import type { Report } from '../report.ts';

export type { WrittenDigest } from '../../store/write-digest.ts';

/** What a digest tells of its week, so that the next one can say what is something else by then. */
export function toldFigures(report: Report): Omit<WrittenDigest, 'posts'> {
  const { company, period, timeZone, currency, figures } = report;
  const told = digestKeys.flatMap((key) => {
    const value = figures.find((figure) => figure.key === key)?.value ?? null;
    return value === null ? [] : [{ key, value }];
  });
  const week = dayOf(Date.parse(period.start), timeZone);
  return { told: { companyId: company.id, week, timeZone, currency }, figures: told };
}
