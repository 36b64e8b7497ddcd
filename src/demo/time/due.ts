/** Hands out what is due, each once and in order; `items` are sorted by their time. */
export function createDue<T extends { at: number }>(items: readonly T[]): (now: number) => T[] {
  let next = 0;
  return (now) => {
    const first = next;
    while ((items[next]?.at ?? Number.POSITIVE_INFINITY) <= now) next += 1;
    return items.slice(first, next);
  };
}
