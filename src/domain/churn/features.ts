import { contractFeatures } from './contract-features.ts';
import { type ActivityKind, engagementFeatures, kindFeatures } from './engagement-features.ts';
import type { Feature } from './feature.ts';
import type { MemberView } from './member-view.ts';

/** All that is looked at, in the order of the numbers that `featureValues` gives. */
export function featuresOf(kinds: readonly ActivityKind[]): Feature[] {
  return [...contractFeatures, ...engagementFeatures, ...kinds.flatMap(kindFeatures)];
}

/** One number a feature; NaN where it isn't known. */
export function featureValues(features: readonly Feature[], view: MemberView): Float64Array {
  return Float64Array.from(features, (feature) => feature.value(view) ?? Number.NaN);
}
