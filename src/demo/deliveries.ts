import { type Chance, createChance } from './chance.ts';
import { currentPayload } from './payloads/current.ts';
import { legacyPayload } from './payloads/legacy.ts';
import { iso, type Payload } from './payloads/payload.ts';
import { recentPayload } from './payloads/recent.ts';
import type { Happening } from './sample.ts';
import { type Seasons, seasonsUntil } from './seasons.ts';

/** A webhook as Whop sends it, not signed yet. */
export type SampleDelivery = {
  /** When what it tells happened. */
  at: number;
  generation: 'legacy' | 'current' | 'recent';
  /** Whop's own of the delivery; legacy ones are sent without. */
  id: string;
  payload: Payload;
};

/** How Whop tells what happened; its webhooks have been moved twice in the community's time. */
export function deliveriesOf(happenings: readonly Happening[], now: number): SampleDelivery[] {
  const seasons = seasonsUntil(now);
  return happenings
    .filter(({ type, at }) => !(type === 'membership.trial_ending_soon' && at < seasons.legacyUntil))
    .map((happening, i) => delivery(happening, i, seasons));
}

function delivery(happening: Happening, number: number, { legacyUntil, recentFrom }: Seasons): SampleDelivery {
  const { at } = happening;
  const id = `msg_demo${number}`;
  const envelope = { id: `evt_demo${number}`, timestamp: iso(happening.at) };
  if (happening.type !== 'plan.created') {
    if (at < legacyUntil) return { at, generation: 'legacy', id, payload: legacyPayload(happening) };
    if (at >= recentFrom) return { at, generation: 'recent', id, payload: recentPayload(happening, envelope) };
  }
  return { at, generation: 'current', id, payload: currentPayload(happening, envelope) };
}

/** In the order in which they arrive: some late, some twice. */
export function inTransit<T>(sent: readonly T[], seed: string): T[] {
  const chance = createChance(`${seed} transit`);
  return sent
    .flatMap((item, i) =>
      Array.from({ length: chance.happens(0.03) ? 2 : 1 }, () => ({ item, place: i + delay(chance) })),
    )
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

function delay(chance: Chance): number {
  return chance.happens(0.06) ? chance.whole(1, 80) : 0;
}
