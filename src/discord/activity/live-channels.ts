/**
 * Which channels are read up to the present, so that a message that arrives may move their mark; only those of which nothing was
 * missed since their history was asked for the last time.
 */
export class LiveChannels {
  readonly #states = new Map<string, 'joining' | 'live' | 'refused'>();

  /** From now on nothing that arrives is missed; before its history is asked. */
  begin(channelId: string): void {
    this.#states.set(channelId, 'joining');
  }

  /** Its history has been read to its end and committed; false where something was missed meanwhile. */
  join(channelId: string): boolean {
    if (!this.#states.has(channelId)) return false;
    this.#states.set(channelId, 'live');
    return true;
  }

  /** Its history can't be read, so that nothing is to be done about what is missed. */
  refuse(channelId: string): void {
    this.#states.set(channelId, 'refused');
  }

  isLive(channelId: string): boolean {
    return this.#states.get(channelId) === 'live';
  }

  isRefused(channelId: string): boolean {
    return this.#states.get(channelId) === 'refused';
  }

  /** Whether its history has to be read. */
  isBehind(channelId: string): boolean {
    return !this.#states.has(channelId);
  }

  /** A message of it was missed, or may have been. */
  miss(channelId: string): void {
    if (this.#states.get(channelId) !== 'refused') this.#states.delete(channelId);
  }

  forget(channelId: string): void {
    this.#states.delete(channelId);
  }

  /** A new session: what was sent before it and after the last one is missed. */
  forgetAll(): void {
    this.#states.clear();
  }
}
