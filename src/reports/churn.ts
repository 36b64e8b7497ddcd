import { bandEdges } from '../domain/churn/bands.ts';
import type { ChurnScan } from '../domain/churn/scan.ts';
import { readCustomerNames } from '../store/customer-names.ts';
import { currentScan } from './churn/current-scan.ts';
import { riskFigures, riskTable } from './churn/risk-tables.ts';
import { scanNotes } from './churn/scan-notes.ts';
import { churnNames } from './figure-names.ts';
import { aheadOf, answer, namedValues } from './frame.ts';
import type { ReportMaker } from './question.ts';

/** Who is about to leave, how likely, why, and what it costs. */
export const churnReport: ReportMaker = async (question, sources) => {
  const scan = await currentScan(question, sources);
  const report = await answer('churn', question, sources, async ({ client, catalogue, head }) => {
    const { planId, companyId } = question;
    const members = scan.members.filter((member) => planId === undefined || member.planId === planId);
    const names = await readCustomerNames(
      client,
      companyId,
      members.map(({ memberId }) => memberId),
    );
    return {
      figures: namedValues(churnNames, riskFigures(members, scan)),
      tables: [riskTable(members, { names, catalogue, timeZone: head.timeZone })],
      series: [],
      notes: [bandNote(scan), ...scanNotes(scan, question.now)],
    };
  });
  return aheadOf(report);
};

const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

function bandNote({ baseRate }: ChurnScan): string {
  const { medium, high } = bandEdges(baseRate);
  return (
    `Probabilities are of leaving within 30 days, which ${percent.format(baseRate)} of members do: ` +
    `a risk is medium from ${percent.format(medium)} on, and high from ${percent.format(high)} on.`
  );
}
