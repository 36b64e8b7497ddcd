const keptMs = 30_000;

/** Which company each guild belongs to, asked at most every half minute. */
export class GuildCompanies {
  readonly #ask: (guildId: string) => Promise<string | null>;
  readonly #changed: (guildId: string) => void;
  readonly #known = new Map<string, { companyId: string | null; askedAt: number }>();
  readonly #asking = new Map<string, Promise<string | null>>();

  /** @param changed told of a guild that belongs to another company than it did */
  constructor(ask: (guildId: string) => Promise<string | null>, changed: (guildId: string) => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  /** As it was told last, while it is asked again; undefined where it was never told. */
  known(guildId: string): string | null | undefined {
    const known = this.#known.get(guildId);
    // Whoever needs it now goes without, and whoever can wait is told why it failed.
    if (known === undefined || Date.now() - known.askedAt > keptMs) this.of(guildId).catch(() => undefined);
    return known?.companyId;
  }

  /** Asks now. */
  async of(guildId: string): Promise<string | null> {
    const asking = this.#asking.get(guildId) ?? this.#askOnce(guildId);
    this.#asking.set(guildId, asking);
    return asking;
  }

  async #askOnce(guildId: string): Promise<string | null> {
    try {
      const companyId = await this.#ask(guildId);
      const before = this.#known.get(guildId);
      this.#known.set(guildId, { companyId, askedAt: Date.now() });
      if (before !== undefined && before.companyId !== companyId) this.#changed(guildId);
      return companyId;
    } finally {
      this.#asking.delete(guildId);
    }
  }
}
