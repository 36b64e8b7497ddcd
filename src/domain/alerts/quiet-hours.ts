import { hourAround } from '../calendar.ts';
import type { Instant } from '../facts.ts';
import type { AlertSettings } from './alert.ts';

/** Whether the clocks of a zone show a quiet hour: from one hour until another, across midnight where the latter is earlier. */
export function isQuiet(
  now: Instant,
  timeZone: string,
  { quietFrom, quietUntil }: Pick<AlertSettings, 'quietFrom' | 'quietUntil'>,
): boolean {
  const { hour } = hourAround(now, timeZone);
  if (quietFrom <= quietUntil) return quietFrom <= hour && hour < quietUntil;
  return quietFrom <= hour || hour < quietUntil;
}
