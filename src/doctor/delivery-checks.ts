import { readNewestDelivery } from '../store/newest-delivery.ts';
import { type Check, type Outcome, ok, problem, skipped } from './check.ts';
import { connectedCompanyIds } from './discord-checks.ts';
import type { Patient } from './patient.ts';
import { type Refusal, readRefusals } from './running-bot.ts';

export const secretCheck: Check<Patient> = {
  name: 'WHOP_WEBHOOK_SECRET',
  needs: ['Settings'],
  run: (patient) => {
    const secrets = patient.config().whop.webhookSecrets.length;
    if (secrets > 0) return ok(`${secrets} set`);
    return problem(
      'missing, so that every webhook is refused',
      'copy it from the webhook in Whop’s developer settings',
    );
  },
};

export const deliveriesCheck: Check<Patient> = {
  name: 'Deliveries',
  needs: ['WHOP_WEBHOOK_SECRET', 'Migrations'],
  run: async (patient) => {
    const { pool } = await patient.database();
    const newest = await readNewestDelivery(pool, await connectedCompanyIds(patient));
    return deliveriesOutcome(newest, await readRefusals(patient.config().http));
  },
};

/** What to do where the newest delivery was refused for this cause. */
const advice = {
  mismatch: ['its signature matches no secret', 'copy the webhook’s secret to WHOP_WEBHOOK_SECRET and restart'],
  stale: [
    'its signature was more than five minutes off',
    'see that the clock is right, and that no proxy holds requests back',
  ],
} as const;

/** @param refusals those that the running bot has seen; null where it can't be asked */
export function deliveriesOutcome(newest: Date | null, refusals: readonly Refusal[] | null): Outcome {
  const since = refusals?.find(({ cause, lastAt }) => cause in advice && lastAt > (newest?.getTime() ?? 0));
  const accepted = newest === null ? 'none was accepted yet' : `the last one was accepted at ${newest.toISOString()}`;
  if (since !== undefined && (since.cause === 'mismatch' || since.cause === 'stale')) {
    const [why, todo] = advice[since.cause];
    const refusedAt = new Date(since.lastAt).toISOString();
    return problem(
      `${accepted}, and one was refused at ${refusedAt}, as ${why} (${since.count} since the start)`,
      todo,
    );
  }
  if (newest === null) return skipped('none came yet');
  const refused = refusals?.reduce((sum, { count }) => sum + count, 0);
  return ok(
    `${accepted}; ${refused === undefined ? 'the bot doesn’t run here, so refusals aren’t known' : `refused since the bot’s start: ${refused}`}`,
  );
}
