import { type ChurnScan, summedOtherMrr } from '../domain/churn/scan.ts';
import { currentScan } from './churn/current-scan.ts';
import { otherMrrText } from './churn/other-mrr-text.ts';
import { scanNotes } from './churn/scan-notes.ts';
import { segmentNames } from './figure-names.ts';
import { aheadOf, answer, namedValues } from './frame.ts';
import type { ReportMaker } from './question.ts';

/** How many members are in which state, by published rules: each in exactly one. */
export const segmentsReport: ReportMaker = async (question, sources) => {
  const scan = await currentScan(question, sources);
  const { members, optedOut, segments } = scan.totals;
  const report = await answer('segments', question, sources, async () => ({
    figures: namedValues(segmentNames, { members: { value: members }, opted_out: { value: optedOut } }),
    tables: [
      {
        key: 'segments',
        title: 'Segments',
        columns: [
          { key: 'segment', label: 'Segment', unit: 'text' },
          { key: 'members', label: 'Members', unit: 'count' },
          { key: 'share', label: 'Share', unit: 'ratio' },
          { key: 'mrr', label: 'MRR', unit: 'money' },
          { key: 'other_mrr', label: 'MRR in other currencies', unit: 'text' },
        ],
        rows: segments
          .filter((one) => one.members > 0)
          .map((one) => ({
            segment: one.segment,
            members: one.members,
            share: one.members / members,
            mrr: one.mrrMinor,
            other_mrr: otherMrrText(one.otherMrr),
          })),
      },
    ],
    series: [],
    notes: [...otherMrrNote(scan), ...scanNotes(scan, question.now)],
  }));
  return aheadOf(report);
};

function otherMrrNote({ totals, currency }: ChurnScan): string[] {
  const amounts = otherMrrText(summedOtherMrr(totals.segments));
  if (amounts === null) return [];
  return [`Beside MRR in ${currency} stands what Whop gave no rate for, ${amounts} in all.`];
}
