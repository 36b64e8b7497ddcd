import { describe, expect, it } from 'vitest';
import { contractFactsOf } from '../../../src/domain/churn/contract-facts.ts';
import { contractWords, reasonsBeside } from '../../../src/domain/churn/contract-words.ts';
import { fitChurnModel } from '../../../src/domain/churn/fit-model.ts';
import { dayMs, type MemberHistory } from '../../../src/domain/churn/member-history.ts';
import { scoreViews, viewAt } from '../../../src/domain/churn/score.ts';
import { member } from '../../support/churn/member-history.ts';

const at = 100 * dayMs;
const prior = fitChurnModel({ rows: [], kinds: [], now: at });

function saidOf(history: MemberHistory) {
  const view = viewAt(history, at, 0);
  if (view === null) throw new Error('is a member then');
  const contract = contractWords(contractFactsOf(view.view), 'UTC');
  const reasons = scoreViews(prior, [view])[0]?.reasons ?? [];
  return { contract, reasons, beside: reasonsBeside(contract, reasons) };
}

describe('reasons beside what is certain', () => {
  it.each([
    ['set to end', { cancellations: [{ at: 90 * dayMs, endsAt: 110 * dayMs, takenBackAt: null }] }],
    ['set to end', { cancellations: [{ at: 90 * dayMs, endsAt: null, takenBackAt: null }] }],
    ['the last payment failed', { bills: [{ at: 90, failed: true }] }],
  ])('don’t say again that it is %s', (fact, differs) => {
    const { contract, reasons, beside } = saidOf(member(differs));
    expect(contract.filter((certain) => certain.startsWith(fact))).toHaveLength(1);
    expect(reasons).toContain(fact);
    expect(beside).toEqual(reasons.filter((reason) => reason !== fact));
  });

  it('are all that the contract doesn’t tell', () => {
    const reasons = ['on trial', '9 days since the last activity', 'set to end, but not within 30 days'];
    expect(reasonsBeside(['trial ends on 1970-05-01'], reasons)).toEqual(reasons);
    expect(reasonsBeside(['set to end on 1970-05-01'], reasons)).toEqual(reasons.slice(0, 2));
    expect(reasonsBeside([], ['set to end'])).toEqual(['set to end']);
  });
});
