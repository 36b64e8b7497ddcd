import type { Report } from '../../reports/report.ts';
import { formatCount, formatMoney, formatValue } from '../format.ts';
import { outsideName } from '../outside-name.ts';
import { byFigure, counted, type Row, rowsOf, valueText } from './digest-values.ts';

const mostNamed = 3;

/** How much is at risk, to staff also of whom, and what became of those whom staff was told of. */
export function atRiskLines(report: Report, isStaff: boolean): string[] {
  const named = isStaff ? rowsOf(report, 'members_at_risk').slice(0, mostNamed) : [];
  return [...riskSentence(report), ...named.map((row) => memberLine(row, report)), ...alertSentence(report)];
}

function riskSentence(report: Report): string[] {
  const members = byFigure(report, 'high_risk_members')[0]?.value ?? null;
  const isOpen = rowsOf(report, 'weeks').length > 0;
  if (members === null || !isOpen) return [];
  const expected = `In all, ${valueText(report, 'expected_mrr_loss')} of MRR is expected to be lost within 30 days.`;
  if (members === 0) return [`Nobody is at high risk of leaving. ${expected}`];
  const who = counted(members, 'member is', 'members are');
  return [`${who} at high risk of leaving, with ${valueText(report, 'high_risk_mrr')} of MRR. ${expected}`];
}

function memberLine(row: Row, { currency }: Report): string {
  const { member, mrr, other_mrr, probability, band, confidence, contract } = row;
  const odds =
    confidence === 'prior'
      ? `${band} risk by a prior`
      : `${formatValue(Number(probability), 'ratio', currency)} to leave`;
  const certain = typeof contract === 'string' && contract !== '' ? `; ${outsideName(contract, 100)}` : '';
  const amounts = mrr === 0 && typeof other_mrr === 'string' ? other_mrr : formatMoney(Number(mrr), currency);
  return `• ${outsideName(String(member), 40)}: ${amounts} a month, ${odds}${certain}`;
}

function alertSentence(report: Report): string[] {
  return rowsOf(report, 'alerts').map(({ told, contacted, stayed, left_after }) => {
    const count = (value: Row[string] | undefined, words: string) => `${formatCount(Number(value))} ${words}`;
    const became = [count(contacted, 'contacted'), count(stayed, 'stayed')];
    if (Number(left_after) > 0) became.push(count(left_after, 'left'));
    return `${counted(Number(told), 'alert', 'alerts')}, ${became.join(', ')}.`;
  });
}
