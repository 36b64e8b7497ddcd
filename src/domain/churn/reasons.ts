import type { Column } from './churn-model.ts';
import type { Feature } from './feature.ts';
import type { MemberView } from './member-view.ts';

const mostReasons = 3;
/** In log odds: what raises the odds by less than a tenth is no reason to name. */
const leastPush = Math.log(1.1);

type Explained = {
  features: readonly Feature[];
  columns: readonly Column[];
  /** The standardised value of each column. */
  standardised: ArrayLike<number>;
  view: MemberView;
};

/**
 * What raises the risk above that of the average member, the strongest first, one of each topic. A fact that isn't so is no
 * reason.
 */
export function reasonsOf({ features, columns, standardised, view }: Explained): string[] {
  const pushes = new Map<string, number>();
  for (const [j, { feature, weight }] of columns.entries()) {
    pushes.set(feature, (pushes.get(feature) ?? 0) + weight * (standardised[j] ?? 0));
  }
  const strongest = features
    .map((feature) => ({ feature, push: pushes.get(feature.name) ?? 0 }))
    .filter(({ feature, push }) => push >= leastPush && canBeTold(feature, view))
    .sort((a, b) => b.push - a.push);
  const told = strongest.filter(
    ({ feature: { topic } }, i) => strongest.findIndex((one) => one.feature.topic === topic) === i,
  );
  return told.slice(0, mostReasons).flatMap(({ feature }) => feature.words?.(view) ?? []);
}

function canBeTold(feature: Feature, view: MemberView): boolean {
  const value = feature.value(view);
  return value !== null && (!feature.flag || value === 1) && (feature.words?.(view) ?? null) !== null;
}
