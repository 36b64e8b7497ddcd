import type { CashKey } from '../domain/cash-figures.ts';
import type { EngagementKey } from '../domain/engagement/engagement-figures.ts';
import type { ActiveMemberKey, MemberKey } from '../domain/member-figures.ts';
import type { RecurringKey } from '../domain/recurring-figures.ts';
import type { FigureNames } from './frame.ts';

/** What people know the figures by, in the order in which they are shown. */
export const recurringNames: FigureNames<RecurringKey> = {
  mrr: { label: 'MRR', unit: 'money' },
  arr: { label: 'ARR', unit: 'money' },
  committed_mrr: { label: 'Committed MRR', unit: 'money' },
  mrr_past_due: { label: 'MRR past due', unit: 'money' },
  trial_mrr: { label: 'Trial MRR', unit: 'money' },
  paying_customers: { label: 'Paying customers', unit: 'count' },
  arpu: { label: 'ARPU', unit: 'money' },
  ltv: { label: 'LTV', unit: 'money' },
  opening_mrr: { label: 'Opening MRR', unit: 'money' },
  new_mrr: { label: 'New MRR', unit: 'money' },
  expansion_mrr: { label: 'Expansion MRR', unit: 'money' },
  contraction_mrr: { label: 'Contraction MRR', unit: 'money' },
  churn_mrr: { label: 'Churned MRR', unit: 'money' },
  reactivation_mrr: { label: 'Reactivation MRR', unit: 'money' },
  customer_churn_rate: { label: 'Customer churn rate', unit: 'ratio' },
  grr: { label: 'Gross revenue retention', unit: 'ratio' },
  nrr: { label: 'Net revenue retention', unit: 'ratio' },
  quick_ratio: { label: 'Quick ratio', unit: 'number' },
};

export const cashNames: FigureNames<CashKey> = {
  gross_revenue: { label: 'Gross revenue', unit: 'money' },
  refunds: { label: 'Refunds', unit: 'money' },
  disputes_lost: { label: 'Disputes lost', unit: 'money' },
  net_revenue: { label: 'Net revenue', unit: 'money' },
  after_fees: { label: 'After fees', unit: 'money' },
  payments_succeeded: { label: 'Payments succeeded', unit: 'count' },
  payments_failed: { label: 'Payments failed', unit: 'count' },
  payments_pending: { label: 'Payments pending', unit: 'count' },
  payments_recovered: { label: 'Payments recovered', unit: 'count' },
  payment_success_rate: { label: 'Payment success rate', unit: 'ratio' },
  refund_rate: { label: 'Refund rate', unit: 'ratio' },
  dispute_rate: { label: 'Dispute rate', unit: 'ratio' },
};

export const memberNames: FigureNames<MemberKey | ActiveMemberKey> = {
  members: { label: 'Members', unit: 'count' },
  joined: { label: 'Joined', unit: 'count' },
  left: { label: 'Left', unit: 'count' },
  growth_rate: { label: 'Growth rate', unit: 'ratio' },
  member_churn_rate: { label: 'Member churn rate', unit: 'ratio' },
  active_members: { label: 'Active members', unit: 'count' },
  inactive_members: { label: 'Inactive members', unit: 'count' },
};

export const engagementNames: FigureNames<EngagementKey> = {
  messages: { label: 'Messages', unit: 'count' },
  active_members: { label: 'Active people', unit: 'count' },
  messages_per_active: { label: 'Messages per active person', unit: 'number' },
  dau: { label: 'Active a day', unit: 'number' },
  wau: { label: 'Active in 7 days', unit: 'count' },
  mau: { label: 'Active in 30 days', unit: 'count' },
  stickiness: { label: 'Stickiness', unit: 'ratio' },
  paying_active_share: { label: 'Paying customers active', unit: 'ratio' },
  newcomer_activation: { label: 'Newcomers activated', unit: 'ratio' },
  reactions: { label: 'Reactions', unit: 'count' },
  forum_posts: { label: 'Forum posts', unit: 'count' },
  voice_minutes: { label: 'Voice minutes', unit: 'minutes' },
  livestream_attendance: { label: 'Livestream attendance', unit: 'count' },
  reward_submissions: { label: 'Reward submissions', unit: 'count' },
};
