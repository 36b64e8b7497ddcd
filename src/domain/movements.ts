import type { Books } from './books.ts';
import { type Day, dayOf, type Stretch } from './calendar.ts';
import type { Instant } from './facts.ts';
import { compareText } from './figure-value.ts';
import { groupBy } from './group-by.ts';
import { type MrrState, totalOf } from './timeline.ts';

export type MovementKind = 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation';

/** How a customer's MRR in one currency changed from the end of one day to that of the next. */
export type Movement = {
  day: Day;
  /** When the day's last change happened. */
  at: Instant;
  kind: MovementKind;
  /** Minor units, never negative. */
  amountMinor: number;
};

/** The movements of one currency of one customer up to an instant, which ends its day early. */
export function movementsOf(states: readonly MrrState[], until: Instant, timeZone: string): Movement[] {
  const known = states.filter(({ at }) => at <= until);
  const movements: Movement[] = [];
  let before = 0;
  let everPaid = false;
  for (const [day, ofDay] of groupBy(known, ({ at }) => dayOf(at, timeZone))) {
    const last = ofDay.at(-1);
    const after = totalOf(last);
    if (last && after !== before) {
      movements.push({
        day,
        at: last.at,
        kind: kindOf(before, after, everPaid),
        amountMinor: Math.abs(after - before),
      });
    }
    before = after;
    everPaid ||= after > 0;
  }
  return movements;
}

function kindOf(before: number, after: number, everPaid: boolean): MovementKind {
  if (before === 0) return everPaid ? 'reactivation' : 'new';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}

/** MRR as it stands at an instant, changes of that very instant included. */
export function mrrAt(states: readonly MrrState[], at: Instant): number {
  return totalOf(states.findLast((state) => state.at <= at));
}

/** A movement of some customer of the company. */
export type CompanyMovement = Movement & { currency: string };

/** All movements of all customers whose day is within a stretch. */
export function companyMovements({ customers, timeZone }: Books, { start, asOf }: Stretch): CompanyMovement[] {
  return customers.flatMap(({ timeline }) =>
    [...timeline].flatMap(([currency, states]) =>
      movementsOf(states, asOf, timeZone)
        .filter(({ at }) => at >= start)
        .map((movement) => ({ ...movement, currency })),
    ),
  );
}

export type MovementSum = { day: Day; kind: MovementKind; currency: string; amountMinor: number; customers: number };

/** Movements by day, kind and currency, oldest first. */
export function sumMovements(movements: readonly CompanyMovement[]): MovementSum[] {
  const groups = groupBy(movements, ({ day, kind, currency }) => `${day} ${kind} ${currency}`);
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return [];
      const amountMinor = others.reduce((sum, other) => sum + other.amountMinor, first.amountMinor);
      return { day: first.day, kind: first.kind, currency: first.currency, amountMinor, customers: others.length + 1 };
    });
}
