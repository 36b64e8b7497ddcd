import { type Catalogue, planName } from '../../domain/company.ts';
import { idOf } from '../../domain/scope.ts';
import type { MemberChange } from '../../store/member-changes.ts';
import type { PersonChange, PlanChange } from '../../store/mrr-changes.ts';
import type { Table } from '../report.ts';

/** Which plans gained and lost MRR, the largest changes first. */
export function planMovementTable(changes: readonly PlanChange[], catalogue: Catalogue): Table {
  return {
    key: 'plan_movements',
    title: 'What moved MRR, by plan',
    columns: [
      { key: 'plan_id', label: 'Plan id', unit: 'text' },
      { key: 'plan', label: 'Plan', unit: 'text' },
      { key: 'currency', label: 'Currency', unit: 'text' },
      { key: 'mrr_change', label: 'MRR', unit: 'money' },
    ],
    rows: changes.map(({ scope, currency, change }) => {
      const planId = idOf('plan', scope);
      return { plan_id: planId, plan: planName(planId, catalogue), currency, mrr_change: change };
    }),
  };
}

/** Whose MRR changed most. For staff alone. */
export function personMovementTable(changes: readonly PersonChange[]): Table {
  return {
    key: 'person_movements',
    title: 'What moved MRR, by person',
    columns: [
      { key: 'customer_id', label: 'Customer id', unit: 'text' },
      { key: 'customer', label: 'Customer', unit: 'text' },
      { key: 'currency', label: 'Currency', unit: 'text' },
      { key: 'mrr_change', label: 'MRR', unit: 'money' },
    ],
    rows: changes.map(({ customerId, name, currency, change }) => ({
      customer_id: customerId,
      customer: name ?? customerId,
      currency,
      mrr_change: change,
    })),
  };
}

/** Who joined and who left. For staff alone. */
export function memberChangeTable(changes: readonly MemberChange[]): Table {
  return {
    key: 'member_changes',
    title: 'Who joined and who left',
    columns: [
      { key: 'customer_id', label: 'Customer id', unit: 'text' },
      { key: 'customer', label: 'Customer', unit: 'text' },
      { key: 'change', label: 'Did', unit: 'text' },
      { key: 'reason', label: 'Reason', unit: 'text' },
    ],
    rows: changes.map(({ customerId, name, change, reason }) => ({
      customer_id: customerId,
      customer: name,
      change,
      reason,
    })),
  };
}
