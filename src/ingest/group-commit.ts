import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** Too much is waiting already: the sender has to come back later. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

export type GroupCommit<Item> = {
  /** Settles with the item's own outcome once the commit that it was part of is over. */
  add(item: Item): Promise<void>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
};

type Waiting<Item> = { item: Item; resolve: () => void; reject: (reason: unknown) => void };

/**
 * Natural batching: while one commit is under way, what arrives gathers, and leaves together when it returns. There is no
 * timer: a first commit takes what arrives in the same turn of the event loop, since senders who were answered together come
 * back together, and a single sender waits for nothing but its own commit.
 * @param commit commits a batch and answers, in its order, with each item's outcome
 */
export function createGroupCommit<Item>(
  commit: (batch: readonly Item[]) => Promise<PromiseSettledResult<void>[]>,
  { maxBatch, maxWaiting }: { maxBatch: number; maxWaiting: number },
): GroupCommit<Item> {
  const waiting: Waiting<Item>[] = [];
  let running: Promise<void> | null = null;

  async function commitAllWaiting(): Promise<void> {
    await turnOfTheLoop();
    while (waiting.length > 0) await commitTogether(waiting.splice(0, maxBatch), commit);
    running = null;
  }

  return {
    add(item) {
      if (waiting.length >= maxWaiting) return Promise.reject(new Overloaded('too many deliveries are waiting'));
      return new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= commitAllWaiting();
      });
    },
    drain: async () => {
      await running;
    },
  };
}

async function commitTogether<Item>(
  batch: readonly Waiting<Item>[],
  commit: (batch: readonly Item[]) => Promise<PromiseSettledResult<void>[]>,
): Promise<void> {
  try {
    const outcomes = await commit(batch.map(({ item }) => item));
    batch.forEach(({ resolve, reject }, i) => {
      const outcome = outcomes[i];
      if (outcome?.status === 'rejected') reject(outcome.reason);
      else resolve();
    });
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
