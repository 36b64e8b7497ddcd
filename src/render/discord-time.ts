/** Shown in each reader's own zone by Discord. */
export function discordTime(at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `<t:${seconds}:R> (<t:${seconds}:f>)`;
}
