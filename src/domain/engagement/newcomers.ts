import { addDays, type Day, dayAround, dayOf, type Stretch } from '../calendar.ts';
import { dayValues } from '../day-values.ts';
import type { Instant } from '../facts.ts';
import type { StockEntry } from '../stock-entries.ts';

/** How long after joining somebody should have shown up. */
const activationMs = 7 * 24 * 60 * 60 * 1000;

export type Newcomer = { customerId: string; joinedAt: Instant };

type Changes = readonly Pick<StockEntry, 'at' | 'amounts'>[];

/** When somebody became a member who was none at the end of any day before; null of who never stayed until a day's end. */
export function firstJoined(changes: Changes, timeZone: string): Instant | null {
  const first = dayValues(changes, 'members', timeZone, Number.POSITIVE_INFINITY).find(({ value }) => value > 0);
  if (first === undefined) return null;
  return (
    changes.findLast(({ at, amounts }) => (amounts.members ?? 0) > 0 && dayOf(at, timeZone) <= first.day)?.at ?? null
  );
}

/** Those who joined in a stretch, long enough before its end for their first days to be over. */
export function newcomersOf(all: readonly Newcomer[], { start, end, asOf }: Stretch): Newcomer[] {
  return all.filter(({ joinedAt }) => start <= joinedAt && joinedAt < end && joinedAt <= asOf - activationMs);
}

/** In which somebody's first activity has to lie, with the whole local days within it. */
export type ActivationWindow = { start: Instant; end: Instant; firstDay: Day; lastDay: Day };

/** @param keptFrom before which no single activities are kept: the days that it touches are taken whole there */
export function activationWindow(joinedAt: Instant, keptFrom: Instant, timeZone: string): ActivationWindow {
  const end = joinedAt + activationMs;
  const [opening, closing] = [dayAround(joinedAt, timeZone), dayAround(end, timeZone)];
  const isWhole = opening.start === joinedAt || opening.start < keptFrom;
  const isCut = closing.start >= keptFrom || closing.start === end;
  return {
    start: joinedAt,
    end,
    firstDay: isWhole ? opening.day : addDays(opening.day, 1),
    lastDay: isCut ? addDays(closing.day, -1) : closing.day,
  };
}
