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

export const churnNames: FigureNames<
  'high_risk_members' | 'medium_risk_members' | 'low_risk_members' | 'high_risk_mrr' | 'expected_mrr_loss' | 'base_rate'
> = {
  high_risk_members: { label: 'Members at high risk', unit: 'count' },
  medium_risk_members: { label: 'Members at medium risk', unit: 'count' },
  low_risk_members: { label: 'Members at low risk', unit: 'count' },
  high_risk_mrr: { label: 'Revenue at risk: MRR of members at high risk', unit: 'money' },
  expected_mrr_loss: { label: 'Revenue at risk: probability × MRR, summed', unit: 'money' },
  base_rate: { label: 'Base rate', unit: 'ratio' },
};

export const churnModelNames: FigureNames<
  | 'base_rate'
  | 'auc'
  | 'silence_auc'
  | 'brier'
  | 'base_rate_brier'
  | 'called_high'
  | 'called_high_left'
  | 'all_left'
  | 'training_rows'
  | 'training_members'
  | 'training_leavers'
> = {
  base_rate: { label: 'Base rate', unit: 'ratio' },
  auc: { label: 'AUC', unit: 'number' },
  silence_auc: { label: 'AUC of days since the last activity', unit: 'number' },
  brier: { label: 'Brier score', unit: 'number' },
  base_rate_brier: { label: 'Brier score of the base rate', unit: 'number' },
  called_high: { label: 'Called high in the last quarter', unit: 'count' },
  called_high_left: { label: 'Of those called high, left', unit: 'ratio' },
  all_left: { label: 'Of all, left', unit: 'ratio' },
  training_rows: { label: 'Member-weeks learned from', unit: 'count' },
  training_members: { label: 'Members learned from', unit: 'count' },
  training_leavers: { label: 'Leavers learned from', unit: 'count' },
};

export const segmentNames: FigureNames<'members' | 'opted_out'> = {
  members: { label: 'Members', unit: 'count' },
  opted_out: { label: 'Opted out', unit: 'count' },
};

export const memberFigureNames: FigureNames<
  'leave_probability' | 'mrr' | 'paid_in_total' | 'tenure' | 'active_days_28' | 'silent_days'
> = {
  leave_probability: { label: 'Probability of leaving within 30 days', unit: 'ratio' },
  mrr: { label: 'MRR', unit: 'money' },
  paid_in_total: { label: 'Paid in total', unit: 'money' },
  tenure: { label: 'Days as a member', unit: 'days' },
  active_days_28: { label: 'Active days of the last 28', unit: 'count' },
  silent_days: { label: 'Days since the last activity', unit: 'days' },
};

export const digestNames = {
  mrr: recurringNames.mrr,
  net_revenue: cashNames.net_revenue,
  paying_customers: recurringNames.paying_customers,
  members: memberNames.members,
  active_members: engagementNames.active_members,
  customer_churn_rate: recurringNames.customer_churn_rate,
  new_mrr: recurringNames.new_mrr,
  expansion_mrr: recurringNames.expansion_mrr,
  reactivation_mrr: recurringNames.reactivation_mrr,
  contraction_mrr: recurringNames.contraction_mrr,
  churn_mrr: recurringNames.churn_mrr,
  joined: memberNames.joined,
  left: memberNames.left,
  messages: engagementNames.messages,
};

/** Of those who may leave, as a digest tells it. */
export const digestRiskNames = {
  high_risk_members: churnNames.high_risk_members,
  high_risk_mrr: churnNames.high_risk_mrr,
  expected_mrr_loss: churnNames.expected_mrr_loss,
};
