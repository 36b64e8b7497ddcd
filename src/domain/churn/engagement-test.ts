import { groupBy } from '../group-by.ts';
import type { EngagementTest } from './churn-model.ts';
import { logLossOf } from './evaluation.ts';

type Predicted = {
  labels: Uint8Array;
  memberIds: readonly string[];
  withActivity: Float64Array;
  without: Float64Array;
};

/** Rows of one member rise and fall together, so the error is that of the members' sums. */
export function testEngagement({ labels, memberIds, withActivity, without }: Predicted): EngagementTest {
  const gainOf = (row: number) =>
    logLossOf(without[row] ?? 0, labels[row] ?? 0) - logLossOf(withActivity[row] ?? 0, labels[row] ?? 0);
  const byMember = groupBy(memberIds.keys(), (row) => memberIds[row]);
  const gains = [...byMember.values()].map((rows) => rows.reduce((sum, row) => sum + gainOf(row), 0));
  const gain = gains.reduce((sum, one) => sum + one, 0) / labels.length;
  const standardError = Math.sqrt(gains.reduce((sum, one) => sum + one ** 2, 0)) / labels.length;
  return { helps: gain > 0, matters: gain > standardError, gain, standardError };
}
