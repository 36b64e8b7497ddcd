import { digestKeys, digestMovements } from '../domain/digest.ts';
import type { reports } from '../reports/index.ts';
import type { Report } from '../reports/report.ts';
import { calibrationChart } from './charts/calibration-chart.ts';
import type { ChartConfig } from './charts/chart-config.ts';
import { churnChart } from './charts/churn-chart.ts';
import { cohortChart } from './charts/cohort-chart.ts';
import { digestChart } from './charts/digest-chart.ts';
import { engagementChart } from './charts/engagement-chart.ts';
import { hoursChart } from './charts/hours-chart.ts';
import { marketingChart } from './charts/marketing-chart.ts';
import { memberChart } from './charts/member-chart.ts';
import { membersChart } from './charts/members-chart.ts';
import { overviewChart } from './charts/overview-chart.ts';
import { retentionChart } from './charts/retention-chart.ts';
import { revenueChart } from './charts/revenue-chart.ts';
import { segmentsChart } from './charts/segments-chart.ts';
import { subscriptionsChart } from './charts/subscriptions-chart.ts';
import type { Layout } from './report-message.ts';

/** How a report is shown: what its message says, and the pictures beside it, the most telling first. */
export type View = { layout: Layout; charts: readonly [Draw, ...Draw[]] };

type Draw = (report: Report) => ChartConfig;

/** How each report is shown. */
export const views: Readonly<Record<keyof typeof reports, View>> = {
  overview: {
    charts: [overviewChart],
    layout: {
      title: 'Overview',
      headline: ['mrr', 'net_revenue', 'paying_customers', 'members', 'joined', 'left'],
      groups: [
        { title: 'How MRR moved', figures: ['new_mrr', 'churn_mrr', 'nrr'] },
        { title: 'Per customer', figures: ['arpu', 'customer_churn_rate'] },
        { title: 'Who shows up', figures: ['messages', 'dau', 'mau'] },
      ],
      tables: [],
    },
  },
  revenue: {
    charts: [revenueChart],
    layout: {
      title: 'Revenue',
      headline: ['mrr', 'net_revenue', 'paying_customers', 'arr', 'gross_revenue', 'arpu'],
      groups: [
        {
          title: 'How MRR moved',
          figures: ['opening_mrr', 'new_mrr', 'reactivation_mrr', 'expansion_mrr', 'contraction_mrr', 'churn_mrr'],
        },
        { title: 'What stays', figures: ['customer_churn_rate', 'grr', 'nrr', 'quick_ratio', 'ltv'] },
        { title: 'Not yet, or not for sure', figures: ['committed_mrr', 'mrr_past_due', 'trial_mrr'] },
        {
          title: 'Money back and fees',
          figures: ['refunds', 'refund_rate', 'disputes_lost', 'dispute_rate', 'after_fees'],
        },
        {
          title: 'Payments',
          figures: [
            'payments_succeeded',
            'payments_recovered',
            'payments_failed',
            'payments_pending',
            'payment_success_rate',
          ],
        },
      ],
      tables: ['revenue_by_plan'],
    },
  },
  members: {
    charts: [membersChart],
    layout: {
      title: 'Members',
      headline: ['members', 'joined', 'left', 'growth_rate', 'member_churn_rate'],
      groups: [{ title: 'In the last 30 days', figures: ['active_members', 'inactive_members'] }],
      tables: ['members_by_plan', 'access_by_product'],
    },
  },
  subscriptions: {
    charts: [subscriptionsChart],
    layout: {
      title: 'Subscriptions',
      headline: ['active_subscriptions', 'cancellations', 'cancellations_scheduled'],
      groups: [
        {
          title: 'Trials',
          figures: ['trials_started', 'trials_converted', 'trials_lost', 'trials_pending', 'trial_conversion_rate'],
        },
        { title: 'Who left', figures: ['churned_voluntary', 'churned_involuntary'] },
        { title: 'Who changed', figures: ['upgrades', 'downgrades'] },
      ],
      tables: ['plan_mix', 'plan_changes', 'cancel_options'],
    },
  },
  retention: {
    charts: [retentionChart, cohortChart],
    layout: { title: 'Retention', headline: [], groups: [], tables: ['milestones'] },
  },
  engagement: {
    charts: [engagementChart, hoursChart],
    layout: {
      title: 'Engagement',
      headline: ['active_members', 'messages', 'paying_active_share', 'dau', 'mau', 'stickiness'],
      groups: [
        { title: 'How much, and who stays', figures: ['messages_per_active', 'wau', 'newcomer_activation'] },
        {
          title: 'Beside messages',
          figures: ['reactions', 'forum_posts', 'voice_minutes', 'livestream_attendance', 'reward_submissions'],
        },
      ],
      tables: ['channels'],
    },
  },
  marketing: {
    charts: [marketingChart],
    layout: {
      title: 'Marketing',
      headline: [],
      groups: [],
      tables: ['acquisition', 'promo_codes', 'affiliates', 'tracking_links'],
    },
  },
  churn: {
    charts: [churnChart],
    layout: {
      title: 'Churn risk',
      headline: ['high_risk_members', 'medium_risk_members', 'low_risk_members'],
      groups: [{ title: 'What it costs', figures: ['high_risk_mrr', 'expected_mrr_loss', 'base_rate'] }],
      tables: [],
    },
  },
  'churn-model': {
    charts: [calibrationChart],
    layout: {
      title: 'How often the churn model was right',
      headline: ['called_high', 'called_high_left', 'all_left'],
      groups: [
        { title: 'Against simpler guesses', figures: ['auc', 'silence_auc', 'brier', 'base_rate_brier'] },
        { title: 'Learned from', figures: ['training_members', 'training_leavers', 'training_rows', 'base_rate'] },
      ],
      tables: ['weights'],
      lines: { weights: ['words'] },
    },
  },
  segments: {
    charts: [segmentsChart],
    layout: { title: 'Segments', headline: ['members', 'opted_out'], groups: [], tables: ['segments'] },
  },
  member: {
    charts: [memberChart],
    layout: {
      title: 'Member',
      headline: ['leave_probability', 'mrr', 'paid_in_total', 'tenure', 'active_days_28', 'silent_days'],
      groups: [],
      tables: ['reasons', 'memberships', 'payments'],
      lines: { reasons: ['reason'], memberships: ['plan', 'start', 'end'], payments: ['day', 'amount', 'status'] },
    },
  },
  digest: {
    charts: [digestChart],
    layout: {
      title: 'Weekly digest',
      headline: digestKeys,
      groups: [
        { title: 'How MRR moved', figures: digestMovements },
        { title: 'Who came, went and wrote', figures: ['joined', 'left', 'messages'] },
        { title: 'At risk', figures: ['high_risk_members', 'high_risk_mrr', 'expected_mrr_loss'] },
      ],
      tables: ['plan_movements', 'cancel_options'],
    },
  },
};

/** The same report as the one of a member, as far as it is about leaving. */
export const riskLayout: Layout = {
  title: 'Churn risk of one member',
  headline: ['leave_probability', 'mrr', 'active_days_28', 'silent_days'],
  groups: [],
  tables: ['reasons'],
  lines: { reasons: ['reason'] },
};
