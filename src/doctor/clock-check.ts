import { type Check, type Outcome, ok, problem, skipped } from './check.ts';
import type { Patient } from './patient.ts';

export const clockCheck: Check<Patient> = {
  name: 'Clock',
  needs: ['Settings'],
  run: async (patient) => {
    const { discord, whop } = patient.config();
    for (const url of [whop.apiUrl, discord.apiUrl]) {
      const skewMs = await skewFrom(url, patient.now);
      if (skewMs !== null) return clockOutcome(skewMs, new URL(url).host);
    }
    return skipped('neither Whop nor Discord can be reached, whose time it would be compared with');
  },
};

const mostSkewMs = 30_000;

/** How far this machine's clock is ahead. */
export function clockOutcome(skewMs: number, host: string): Outcome {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= mostSkewMs) return ok(`within ${Math.max(seconds, 1)} s of ${host}`);
  return problem(
    `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} ${host}, and signatures hold for five minutes`,
    'let the machine keep its time with NTP',
  );
}

/** Any answer tells its time, a refusal too; null where there is none. */
async function skewFrom(url: string, now: () => number): Promise<number | null> {
  try {
    const askedAt = now();
    const { headers } = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(5000) });
    const theirs = Date.parse(headers.get('date') ?? '');
    // The header is cut to whole seconds.
    return Number.isNaN(theirs) ? null : (askedAt + now()) / 2 - (theirs + 500);
  } catch {
    return null;
  }
}
