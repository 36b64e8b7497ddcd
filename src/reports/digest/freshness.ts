import type { Instant } from '../../domain/facts.ts';
import { readNewestDelivery } from '../../store/newest-delivery.ts';
import type { Frame } from '../frame.ts';
import type { Table } from '../report.ts';

/** As of when what a report is made of is. */
export async function loadFreshness({ client, question, head }: Frame): Promise<Table> {
  const delivered = await readNewestDelivery(client, [question.companyId]);
  const row = (source: string, at: Instant | null) =>
    at === null ? [] : [{ source, as_of: new Date(at).toISOString() }];
  return {
    key: 'freshness',
    title: 'How fresh it is',
    columns: [
      { key: 'source', label: 'From', unit: 'text' },
      { key: 'as_of', label: 'Newest', unit: 'instant' },
    ],
    rows: [...row('webhooks', delivered?.getTime() ?? null), ...row('memberships', head.membershipsAsOf)],
  };
}
