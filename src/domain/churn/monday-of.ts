import type { Day } from '../calendar.ts';
import type { Instant } from '../facts.ts';
import { newestSlot } from '../schedule.ts';

/** The Monday of the local week that an instant falls in. */
export function mondayOf(instant: Instant, timeZone: string): Day {
  return newestSlot({ hour: 0, minute: 0, weekday: 1 }, instant, timeZone).key;
}
