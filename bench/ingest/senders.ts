/** How fast a turn was: how many were answered, in which time. */
export type Pace = { answered: number; ms: number };

/** Until the time is over, or every item is sent. */
export type Turn<Item> = { items: readonly Item[]; senders: number; ms: number };

/**
 * So many senders at once, each of which waits for its answer before it sends the next. `send` throws where the answer is
 * not the right one. The time ends with the last answer.
 * @param open makes a sender
 */
export async function sendAll<Item>(
  { items, senders, ms }: Turn<Item>,
  open: () => (item: Item) => Promise<void>,
): Promise<Pace> {
  const sends = Array.from({ length: senders }, open);
  const startedAt = performance.now();
  const waiting = items[Symbol.iterator]();
  let answered = 0;
  const keepSending = async (send: (item: Item) => Promise<void>) => {
    while (performance.now() - startedAt < ms) {
      const { value, done } = waiting.next();
      if (done) return;
      await send(value);
      answered += 1;
    }
  };
  await Promise.all(sends.map(keepSending));
  return { answered, ms: performance.now() - startedAt };
}
