import { addDays, type Day, dayOf, daysBetween, type Span, startOfDay } from '../calendar.ts';
import type { Instant } from '../facts.ts';

/** Any Monday. */
const monday: Day = '2024-01-01';

/** The beginning of each local Monday within a span. */
export function landmarksIn({ start, end }: Span, timeZone: string): Instant[] {
  const first = dayOf(start, timeZone);
  const untilMonday = (7 - (((daysBetween(monday, first) % 7) + 7) % 7)) % 7;
  const landmarks: Instant[] = [];
  for (let day = addDays(first, untilMonday); startOfDay(day, timeZone) < end; day = addDays(day, 7)) {
    landmarks.push(startOfDay(day, timeZone));
  }
  return landmarks.filter((landmark) => landmark >= start);
}
