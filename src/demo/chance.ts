/** Chance that falls the same way for the same seed. */
export type Chance = {
  happens(probability: number): boolean;
  /** From `least` up to, but without, `most`. */
  between(least: number, most: number): number;
  /** A whole number, `most` included. */
  whole(least: number, most: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Each with its weight; the weights needn't sum to anything. */
  weighted<T>(items: readonly [Weighted<T>, ...Weighted<T>[]]): T;
  /** In the form of Whop's own, such as `pay_k3J9…`. */
  id(prefix: string): string;
};

type Weighted<T> = readonly [item: T, weight: number];

const idCharacters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const idLength = 14;

export function createChance(seed: string): Chance {
  const next = mulberry32(fnv1a(seed));
  const between = (least: number, most: number) => least + next() * (most - least);
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1));
  const pick = <T>(items: readonly [T, ...T[]]) => items[whole(0, items.length - 1)] ?? items[0];
  return {
    happens: (probability) => next() < probability,
    between,
    whole,
    pick,
    weighted: (items) => pickWeighted(items, next()),
    id: (prefix) => {
      const characters = Array.from({ length: idLength }, () => idCharacters[whole(0, idCharacters.length - 1)]);
      return `${prefix}_${characters.join('')}`;
    },
  };
}

/** The item on which a share of all weights falls. */
function pickWeighted<T>(items: readonly [Weighted<T>, ...Weighted<T>[]], share: number): T {
  let left = share * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  return items[0][0];
}

/** Tommy Ettinger's generator of 32 bits: small, and even enough for a sample. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
