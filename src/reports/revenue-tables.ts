import { type Catalogue, planName } from '../domain/company.ts';
import type { MovementSum, PlanRevenue } from '../domain/revenue-breakdown.ts';
import type { Table } from './report.ts';

export function planTable(rows: readonly PlanRevenue[], catalogue: Catalogue, reportingCurrency: string): Table {
  return {
    key: 'revenue_by_plan',
    title: 'Revenue by plan',
    columns: [
      { key: 'plan_id', label: 'Plan id', unit: 'text' },
      { key: 'plan', label: 'Plan', unit: 'text' },
      { key: 'currency', label: 'Currency', unit: 'text' },
      { key: 'mrr', label: 'MRR', unit: 'money' },
      { key: 'customers', label: 'Customers', unit: 'count' },
      { key: 'gross_revenue', label: 'Gross revenue', unit: 'money' },
    ],
    rows: rows.map(({ planId, currency, mrr, customers, grossRevenue }) => {
      const name = planName(planId, catalogue);
      return {
        plan_id: planId,
        plan: currency === reportingCurrency ? name : `${name} (${currency})`,
        currency,
        mrr,
        customers,
        gross_revenue: grossRevenue,
      };
    }),
  };
}

export function movementTable(sums: readonly MovementSum[]): Table {
  return {
    key: 'movements',
    title: 'MRR movements',
    columns: [
      { key: 'day', label: 'Day', unit: 'day' },
      { key: 'kind', label: 'Movement', unit: 'text' },
      { key: 'currency', label: 'Currency', unit: 'text' },
      { key: 'amount', label: 'Amount', unit: 'money' },
      { key: 'customers', label: 'Customers', unit: 'count' },
    ],
    rows: sums.map(({ day, kind, currency, amountMinor, customers }) => ({
      day,
      kind,
      currency,
      amount: amountMinor,
      customers,
    })),
  };
}
