import type { Instant } from '../facts.ts';
import { type Band, bandOf } from './bands.ts';
import type { ChurnModel } from './churn-model.ts';
import { type ContractFacts, contractFactsOf } from './contract-facts.ts';
import { compareAtLandmarks, designOf } from './design.ts';
import { featuresOf, featureValues } from './features.ts';
import { predictLogistic } from './logistic.ts';
import type { MemberHistory, MembershipStretch } from './member-history.ts';
import { type MemberView, viewBefore } from './member-view.ts';
import { reasonsOf } from './reasons.ts';
import { type Suggestion, suggestionFor } from './suggestion.ts';

/** Prior: not learned here. Low: the model or the member is hardly known. High: both are, and the model was tested. */
type Confidence = 'prior' | 'low' | 'medium' | 'high';

export type MemberRisk = {
  memberId: string;
  membershipId: string;
  /** Of leaving within 30 days. */
  probability: number;
  band: Band;
  confidence: Confidence;
  /** Up to three, with numbers; none where nothing stands out. */
  reasons: string[];
  facts: ContractFacts;
  suggestion: Suggestion;
  monthlyPriceMinor: number | null;
};

/** One running membership of a member, as it was just before the instant of the scores. */
export type ScoredView = { memberId: string; membershipId: string; view: MemberView };

/** Of whoever is a member then, as the holder of the newest membership that runs; null of others. */
export function viewAt(history: MemberHistory, at: Instant, observedFrom: Instant): ScoredView | null {
  const running = history.memberships.filter(({ start, end }) => start <= at && at < end);
  const newest = running.reduce<MembershipStretch | null>((a, b) => (a !== null && a.start >= b.start ? a : b), null);
  if (newest === null) return null;
  const view = viewBefore(history, { membershipId: newest.id, at, observedFrom });
  return { memberId: history.memberId, membershipId: newest.id, view };
}

/** All members of one instant together, since some features compare each with the others. */
export function scoreViews(model: ChurnModel, scored: readonly ScoredView[]): MemberRisk[] {
  const features = featuresOf(model.kinds);
  const rows = scored.map(({ view }) => ({ landmark: view.at, values: featureValues(features, view) }));
  const x = designOf(compareAtLandmarks(rows, features, model.usual), features, model.columns);
  const weights = Float64Array.from(model.columns, ({ weight }) => weight);
  const probabilities = predictLogistic(x, { intercept: model.intercept, weights });
  return scored.map(({ memberId, membershipId, view }, row) => {
    const probability = probabilities[row] ?? model.baseRate;
    const band = bandOf(probability, model.baseRate);
    const facts = contractFactsOf(view);
    const standardised = x.values.subarray(row * x.columns, (row + 1) * x.columns);
    return {
      memberId,
      membershipId,
      probability,
      band,
      confidence: confidenceIn(model, view),
      reasons: reasonsOf({ features, columns: model.columns, standardised, view }),
      facts,
      suggestion: suggestionFor(facts, band),
      monthlyPriceMinor: view.monthlyPriceMinor,
    };
  });
}

const leaversToRelyOn = 100;
const daysToKnow = 28;

function confidenceIn({ kind, leavers, outOfTime }: ChurnModel, { tenureDays, activity }: MemberView): Confidence {
  if (kind === 'prior') return 'prior';
  if (kind === 'base rate' || activity === null || tenureDays < daysToKnow) return 'low';
  return outOfTime !== null && leavers >= leaversToRelyOn ? 'high' : 'medium';
}
