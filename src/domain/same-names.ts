/** Somebody on a platform, and what they are called there. */
export type Named = { id: string; names: readonly string[] };

/** Two that are called the same; `name` as it is written on Whop. */
export type SameName = { discordUserId: string; whopUserId: string; name: string };

/**
 * All pairs that have a name in common, in letters of either size, in the order of those on Discord. Whoever is called as several
 * are is in several pairs, and none of these is likelier than another.
 */
export function sameNames(onDiscord: readonly Named[], onWhop: readonly Named[]): SameName[] {
  const called = new Map<string, Map<string, string>>();
  for (const { id, names } of onWhop) {
    for (const name of names.filter((one) => foldName(one) !== '')) {
      const sameIds = called.get(foldName(name)) ?? new Map<string, string>();
      if (!sameIds.has(id)) sameIds.set(id, name.trim());
      called.set(foldName(name), sameIds);
    }
  }
  return onDiscord.flatMap(({ id, names }) => {
    const found = new Map(names.flatMap((name) => [...(called.get(foldName(name)) ?? [])]));
    return [...found].map(([whopUserId, name]) => ({ discordUserId: id, whopUserId, name }));
  });
}

/** What two names have in common that are the same to those who read them. */
function foldName(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
