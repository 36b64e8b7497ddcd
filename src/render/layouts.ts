import type { Layout } from './report-message.ts';

export const revenueLayout: Layout = {
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
};
