import type { PlanChangeCount } from '../domain/plan-changes.ts';
import type { ScopeCount } from '../domain/revenue-breakdown.ts';
import type { CancelOption } from '../store/happenings.ts';
import type { Table } from './report.ts';

type NameOfPlan = (planId: string) => string;

export function planMixTable(rows: readonly ScopeCount[], name: NameOfPlan): Table {
  return {
    key: 'plan_mix',
    title: 'Active subscriptions by plan',
    columns: [
      { key: 'plan_id', label: 'Plan id', unit: 'text' },
      { key: 'plan', label: 'Plan', unit: 'text' },
      { key: 'subscriptions', label: 'Subscriptions', unit: 'count' },
    ],
    rows: rows.map(({ id, count }) => ({ plan_id: id, plan: name(id ?? ''), subscriptions: count })),
  };
}

export function planChangeTable(rows: readonly PlanChangeCount[], name: NameOfPlan): Table {
  return {
    key: 'plan_changes',
    title: 'Plan changes',
    columns: [
      { key: 'from_plan_id', label: 'From plan id', unit: 'text' },
      { key: 'to_plan_id', label: 'To plan id', unit: 'text' },
      { key: 'change', label: 'Change', unit: 'text' },
      { key: 'customers', label: 'Customers', unit: 'count' },
    ],
    rows: rows.map(({ fromPlanId, toPlanId, customers }) => ({
      from_plan_id: fromPlanId,
      to_plan_id: toPlanId,
      change: `${name(fromPlanId)} → ${name(toPlanId)}`,
      customers,
    })),
  };
}

export function cancelOptionTable(rows: readonly CancelOption[]): Table {
  return {
    key: 'cancel_options',
    title: 'Why they cancelled',
    columns: [
      { key: 'option', label: 'Reason', unit: 'text' },
      { key: 'count', label: 'Memberships', unit: 'count' },
    ],
    rows: rows.map(({ option, count }) => ({ option, count })),
  };
}
