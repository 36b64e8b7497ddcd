import type { Unread } from './read-page.ts';

/** Channels that wait to be read, the one with the newest message first; each once, a few at a time. */
export class ReadingQueue {
  readonly #read: (unread: Unread) => Promise<void>;
  readonly #readers: number;
  readonly #waiting = new Map<string, Unread>();
  readonly #reading = new Map<string, Promise<void>>();
  #isStopped = false;

  constructor(readers: number, read: (unread: Unread) => Promise<void>) {
    this.#readers = readers;
    this.#read = read;
  }

  has(channelId: string): boolean {
    return this.#waiting.has(channelId) || this.#reading.has(channelId);
  }

  add(some: readonly Unread[]): void {
    for (const unread of some) if (!this.has(unread.place.id)) this.#waiting.set(unread.place.id, unread);
    this.#next();
  }

  /** Resolves once those that are being read just now are done; no other is begun. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#reading.values());
  }

  #next(): void {
    while (!this.#isStopped && this.#reading.size < this.#readers) {
      const unread = this.#newest();
      if (unread === undefined) return;
      const { id } = unread.place;
      this.#waiting.delete(id);
      const done = () => {
        this.#reading.delete(id);
        this.#next();
      };
      this.#reading.set(id, this.#read(unread).finally(done));
    }
  }

  #newest(): Unread | undefined {
    const age = ({ place }: Unread) => BigInt(place.lastMessageId ?? 0);
    return [...this.#waiting.values()].reduce<Unread | undefined>(
      (most, unread) => (most === undefined || age(unread) > age(most) ? unread : most),
      undefined,
    );
  }
}
