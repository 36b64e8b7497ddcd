import { collectGarbage } from '../collect-garbage.ts';
import type { Contender } from './contenders.ts';
import type { createDeliveries } from './deliveries.ts';
import type { Pace } from './senders.ts';

/** Deliveries are made before each turn, for as long as it may last at the pace that the contender has shown. */
export type Entrant = { contender: Contender; deliveries: ReturnType<typeof createDeliveries> };

type Rules = { rounds: number; senders: number; turnMs: number };

const warmUpDeliveries = 2_000;
/** A turn that is faster than the one before still has enough to do. */
const reserve = 1.5;

/**
 * Several rounds in which each has its turn, so that whatever the machine does besides meets them all. A turn before the
 * first round warms up and isn't counted.
 */
export async function takeTurns<Name extends string>(
  entrants: readonly (readonly [Name, Entrant])[],
  { rounds, senders, turnMs }: Rules,
  onRound: (rates: Record<string, number>) => void,
): Promise<Map<Name, number>[]> {
  const paces = new Map<Name, number>();
  const turn = async ([name, { contender, deliveries }]: readonly [Name, Entrant], ms: number) => {
    const known = paces.get(name);
    const supply = known === undefined ? warmUpDeliveries : Math.ceil((known * ms * reserve) / 1000) + senders;
    const made = deliveries.next(supply);
    collectGarbage();
    const rate = perSecond(await contender.run(made, { senders, ms }));
    paces.set(name, rate);
  };
  for (const entrant of entrants) await turn(entrant, turnMs / 2);
  const results: Map<Name, number>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % entrants.length;
    for (const entrant of [...entrants.slice(first), ...entrants.slice(0, first)]) await turn(entrant, turnMs);
    results.push(new Map(paces));
    onRound(Object.fromEntries(paces));
  }
  return results;
}

function perSecond({ answered, ms }: Pace): number {
  return (answered * 1000) / ms;
}
