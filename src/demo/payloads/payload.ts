export type Payload = Readonly<Record<string, unknown>>;

/** What a webhook says of itself. */
export type Envelope = { id: string; timestamp: string };

export function iso(at: number): string {
  return new Date(at).toISOString();
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

export function seconds(at: number): number {
  return Math.floor(at / 1000);
}

export function secondsOrNull(at: number | null): number | null {
  return at === null ? null : seconds(at);
}

/** All that the sample is paid in has two digits. */
export function major(minor: number): number {
  return minor / 100;
}
