import type { FactKind } from '../domain/facts.ts';

/** What a delivery's payload describes. */
export type Subject =
  | Exclude<FactKind, 'company' | 'customer' | 'waitlist_entry'>
  | 'member'
  | 'dispute_alert'
  | 'entry';

/** What the event itself tells beyond its payload. */
type Says = 'succeeded' | 'failed' | 'activated' | 'deactivated' | 'deleted';

export type EventType = { subject: Subject; says?: Says };

/**
 * Every event that is read for facts, under its canonical name. Names of Whop's older generations and of older integrations
 * stand beside the current ones; whatever isn't listed is kept and not read.
 */
export const eventTypes: Readonly<Record<string, EventType>> = {
  'payment.created': { subject: 'payment' },
  'payment.pending': { subject: 'payment' },
  'payment.succeeded': { subject: 'payment', says: 'succeeded' },
  'payment.failed': { subject: 'payment', says: 'failed' },
  'payment.authorized': { subject: 'payment' },
  'payment.canceled': { subject: 'payment' },
  'payment.requires_action': { subject: 'payment' },
  'payment.updated': { subject: 'payment' },
  'payment.affiliate_reward_created': { subject: 'payment' },
  'promo_code.used': { subject: 'payment' },

  'membership.activated': { subject: 'membership', says: 'activated' },
  'membership.deactivated': { subject: 'membership', says: 'deactivated' },
  'membership.updated': { subject: 'membership' },
  'membership.cancel_at_period_end_changed': { subject: 'membership' },
  'membership.trial_ending_soon': { subject: 'membership' },
  'membership.went_valid': { subject: 'membership', says: 'activated' },
  'membership.went_invalid': { subject: 'membership', says: 'deactivated' },
  'membership.metadata_updated': { subject: 'membership' },
  'membership.experience_claimed': { subject: 'membership' },
  'membership.created': { subject: 'membership', says: 'activated' },
  'membership.renewed': { subject: 'membership' },
  'membership.cancelled': { subject: 'membership' },
  'membership.canceled': { subject: 'membership' },
  'membership.expired': { subject: 'membership', says: 'deactivated' },
  'access_pass.granted': { subject: 'membership', says: 'activated' },
  'access_pass.revoked': { subject: 'membership', says: 'deactivated' },

  'refund.created': { subject: 'refund' },
  'refund.updated': { subject: 'refund' },
  'dispute.created': { subject: 'dispute' },
  'dispute.updated': { subject: 'dispute' },
  'dispute_alert.created': { subject: 'dispute_alert' },

  'entry.created': { subject: 'entry' },
  'entry.approved': { subject: 'entry' },
  'entry.denied': { subject: 'entry' },
  'entry.deleted': { subject: 'entry', says: 'deleted' },

  'plan.created': { subject: 'plan' },
  'plan.updated': { subject: 'plan' },
  'plan.deleted': { subject: 'plan' },
  'product.created': { subject: 'product' },
  'product.updated': { subject: 'product' },
  'product.deleted': { subject: 'product' },
  'product.published': { subject: 'product' },
  'product.unpublished': { subject: 'product' },
  'member.created': { subject: 'member' },
  'member.updated': { subject: 'member' },
};

/** Each of them by all its spellings. */
const bySpelling = new Map(
  Object.entries(eventTypes).flatMap(([name, event]) => spellings(name).map((spelling) => [spelling, event])),
);

/** Written with a dot or an underscore, of a company or (`app_…`) of an app's own customers: it is the same event. */
function spellings(name: string): string[] {
  return [name, name.replace('.', '_')].flatMap((spelling) => [spelling, `app_${spelling}`]);
}

/** Undefined for what is kept and not read. */
export function eventTypeOf(type: string): EventType | undefined {
  return bySpelling.get(type);
}

const subjectByPrefix: ReadonlyMap<string, Subject> = new Map([
  ['pay_', 'payment'],
  ['mem_', 'membership'],
  ['plan_', 'plan'],
  ['prod_', 'product'],
]);

/** What the payload is by its own id; older integrations send, say, a payment under a membership's event. */
export function subjectOfId(id: string): Subject | null {
  return subjectByPrefix.get(id.slice(0, id.indexOf('_') + 1)) ?? null;
}
