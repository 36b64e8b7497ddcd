import { readDisputesToAnswer, readTrialsEnding } from '../../store/deadlines.ts';
import type { Frame } from '../frame.ts';
import type { Table } from '../report.ts';

const aheadMs = 7 * 24 * 60 * 60 * 1000;

/** Which trials end in the seven days from now on, and which disputes wait for an answer. */
export async function loadDeadlines({ client, question: { companyId, now }, head }: Frame): Promise<Table> {
  const { timeZone } = head;
  const [trials, disputes] = await Promise.all([
    readTrialsEnding(client, { companyId, span: { start: now, end: now + aheadMs }, timeZone }),
    readDisputesToAnswer(client, { companyId, now, timeZone }),
  ]);
  return {
    key: 'deadlines',
    title: 'Deadlines',
    columns: [
      { key: 'kind', label: 'What', unit: 'text' },
      { key: 'due', label: 'Due', unit: 'day' },
      { key: 'count', label: 'How many', unit: 'count' },
    ],
    rows: [
      ...disputes.map(({ day, count }) => ({ kind: 'disputes to answer', due: day, count })),
      ...trials.map(({ day, count }) => ({ kind: 'trials ending', due: day, count })),
    ],
  };
}
