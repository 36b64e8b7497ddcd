import { createChance } from '../../src/demo/chance.ts';
import { dayMs } from '../../src/demo/seasons.ts';
import type { SignedDelivery } from '../../src/demo/sign-delivery.ts';
import { now } from '../company-settings.ts';
import { type Community, nextHappenings } from './happenings.ts';
import type { Member } from './member.ts';
import { sign, whopBody } from './whop-body.ts';

export const webhookSecret = 'ws_benchmark_0123456789abcdef0123456789abcdef';

/** Between what happens and what happens next. */
const paceMs = 7;

/**
 * Whop's deliveries of a company whose members are these, none of them twice; `next` makes and signs as many more. Both
 * are the same for the same members.
 */
export function createDeliveries(companyId: string, members: Member[]): { next(count: number): SignedDelivery[] } {
  const chance = createChance(`${companyId} deliveries`);
  const community: Community = { members, paid: [] };
  let at = now - dayMs;
  let number = 0;
  return {
    next: (count) => {
      const deliveries: SignedDelivery[] = [];
      while (deliveries.length < count) {
        at += paceMs;
        for (const happening of nextHappenings(community, at, chance)) {
          number += 1;
          const body = whopBody(happening, number, companyId);
          deliveries.push(sign(body, `msg_bench${number}`, { secret: webhookSecret, at: now }));
        }
      }
      return deliveries;
    },
  };
}
