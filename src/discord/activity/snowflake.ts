import type { Instant } from '../../domain/facts.ts';

const discordEpoch = 1_420_070_400_000;

/** When something with this id was made. */
export function timeOf(id: string): Instant {
  return Number(BigInt(id) >> 22n) + discordEpoch;
}

/** The least id that something made at this time may have. */
export function snowflakeAt(at: Instant): string {
  return String(BigInt(Math.max(0, at - discordEpoch)) << 22n);
}

/** The newest of several ids; null of none. */
export function newest(ids: readonly string[]): string | null {
  return ids.reduce<string | null>((most, id) => (most === null || BigInt(id) > BigInt(most) ? id : most), null);
}
