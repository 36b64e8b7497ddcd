import type { ChurnScan } from '../../domain/churn/scan.ts';
import { readCustomerNames } from '../../store/customer-names.ts';
import { riskFigures, riskTable } from '../churn/risk-tables.ts';
import { digestRiskNames } from '../figure-names.ts';
import { type Frame, namedValues } from '../frame.ts';
import type { Figure, Table } from '../report.ts';

const mostMembers = 5;

/** What is at risk, and the members at high risk who pay most. */
export async function loadAtRisk(
  { client, catalogue, head, question: { companyId } }: Frame,
  scan: ChurnScan,
): Promise<{ figures: Figure[]; table: Table }> {
  const members = scan.members.filter(({ band }) => band === 'high').slice(0, mostMembers);
  const ids = members.map(({ memberId }) => memberId);
  const names = await readCustomerNames(client, companyId, ids);
  return {
    figures: namedValues(digestRiskNames, riskFigures(scan.members, scan)),
    table: riskTable(members, { names, catalogue, timeZone: head.timeZone }),
  };
}
