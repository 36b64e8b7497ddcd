import type { FactKind } from './facts.ts';

/**
 * The course of a status, earliest first. Of two snapshots of the same time the later in life is believed, so that the order
 * of their arrival decides nothing.
 */
export const statusCourses: Readonly<Record<FactKind, readonly string[]>> = {
  company: [],
  product: [],
  plan: [],
  customer: [],
  membership: [
    'drafted',
    'trialing',
    'active',
    'past_due',
    'unresolved',
    'canceling',
    'completed',
    'expired',
    'canceled',
  ],
  payment: ['draft', 'open', 'pending', 'unresolved', 'uncollectible', 'void', 'paid'],
  refund: ['pending', 'requires_action', 'failed', 'canceled', 'succeeded'],
  dispute: [
    'warning_needs_response',
    'warning_under_review',
    'warning_closed',
    'needs_response',
    'under_review',
    'other',
    'closed',
    'won',
    'lost',
  ],
  promo_code: ['active', 'inactive', 'archived'],
  affiliate: ['active', 'archived', 'deleted'],
  waitlist_entry: ['drafted', 'pending', 'denied', 'approved', 'deleted'],
  review: ['pending', 'published', 'removed'],
};
