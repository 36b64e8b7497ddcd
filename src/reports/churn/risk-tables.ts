import { dayOf } from '../../domain/calendar.ts';
import { reasonsBeside } from '../../domain/churn/contract-words.ts';
import { revenueAtRisk } from '../../domain/churn/revenue-at-risk.ts';
import type { ChurnScan, ScoredMember } from '../../domain/churn/scan.ts';
import { suggestionTexts } from '../../domain/churn/suggestion.ts';
import { type Catalogue, planName } from '../../domain/company.ts';
import { inCurrency } from '../../domain/figure-value.ts';
import type { Table } from '../report.ts';
import { otherMrrText } from './other-mrr-text.ts';

export function riskFigures(members: readonly ScoredMember[], { baseRate, currency }: ChurnScan) {
  const { highBand, expectedLoss } = revenueAtRisk(members, currency);
  const count = (band: ScoredMember['band']) => ({ value: members.filter((member) => member.band === band).length });
  return {
    high_risk_members: count('high'),
    medium_risk_members: count('medium'),
    low_risk_members: count('low'),
    high_risk_mrr: inCurrency(highBand, currency),
    expected_mrr_loss: inCurrency(expectedLoss, currency),
    base_rate: { value: baseRate },
  };
}

type Named = { names: ReadonlyMap<string, string>; catalogue: Catalogue; timeZone: string };

/** Members with their risk, why, and what is certain. Names people: for staff alone. */
export function riskTable(members: readonly ScoredMember[], { names, catalogue, timeZone }: Named): Table {
  return {
    key: 'members_at_risk',
    title: 'Members by revenue at risk',
    columns: [
      { key: 'member_id', label: 'Member id', unit: 'text' },
      { key: 'member', label: 'Member', unit: 'text' },
      { key: 'plan_id', label: 'Plan id', unit: 'text' },
      { key: 'plan', label: 'Plan', unit: 'text' },
      { key: 'mrr', label: 'MRR', unit: 'money' },
      { key: 'other_mrr', label: 'MRR in other currencies', unit: 'text' },
      { key: 'probability', label: 'Probability', unit: 'ratio' },
      { key: 'band', label: 'Risk', unit: 'text' },
      { key: 'confidence', label: 'Confidence', unit: 'text' },
      { key: 'reasons', label: 'Reasons', unit: 'text' },
      { key: 'contract', label: 'Contract', unit: 'text' },
      { key: 'next_bill', label: 'Next bill', unit: 'text' },
      { key: 'suggestion', label: 'Suggestion', unit: 'text' },
      { key: 'segment', label: 'Segment', unit: 'text' },
    ],
    rows: members.map((member) => ({
      member_id: member.memberId,
      member: names.get(member.memberId) ?? member.memberId,
      plan_id: member.planId,
      plan: planName(member.planId, catalogue),
      mrr: member.mrrMinor,
      other_mrr: otherMrrText(member.otherMrr),
      probability: member.probability,
      band: member.band,
      confidence: member.confidence,
      reasons: reasonsBeside(member.contract, member.reasons).join('; '),
      contract: member.contract.join('; '),
      next_bill: member.nextBillAt === null ? null : dayOf(member.nextBillAt, timeZone),
      suggestion: suggestionTexts[member.suggestion],
      segment: member.segment,
    })),
  };
}
