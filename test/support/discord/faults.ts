import { setTimeout as delay } from 'node:timers/promises';

export type Fault = {
  /** Matched against `PATCH /webhooks/…`. */
  on: RegExp;
  times: number;
} & ({ status: 429; retryAfterS: number; global?: boolean } | { status: 500 | 502 | 503 } | { delayMs: number });

export type FaultAnswer = { status: number; headers: Record<string, string>; body: unknown };

/** What goes wrong on demand: refusals, outages, slowness. */
export class Faults {
  readonly #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push({ ...fault });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** Waits, or says what to answer instead of the truth. */
  async meet(request: string): Promise<FaultAnswer | null> {
    const fault = this.#faults.find(({ on, times }) => times > 0 && on.test(request));
    if (!fault) return null;
    fault.times -= 1;
    if ('delayMs' in fault) {
      await delay(fault.delayMs, undefined, { ref: false });
      return null;
    }
    return fault.status === 429 ? rateLimited(fault.retryAfterS, fault.global ?? false) : outage(fault.status);
  }
}

function rateLimited(retryAfterS: number, global: boolean): FaultAnswer {
  const scope = global ? 'global' : 'user';
  return {
    status: 429,
    headers: {
      'Retry-After': String(retryAfterS),
      'X-RateLimit-Scope': scope,
      'X-RateLimit-Remaining': '0',
      'X-RateLimit-Reset-After': String(retryAfterS),
      ...(global && { 'X-RateLimit-Global': 'true' }),
    },
    body: { message: 'You are being rate limited.', retry_after: retryAfterS, global },
  };
}

function outage(status: number): FaultAnswer {
  return { status, headers: {}, body: { message: `${status}: upstream failed`, code: 0 } };
}
