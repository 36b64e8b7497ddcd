/** What a weekly digest tells first, and how each figure is judged. */
export const digestKinds = {
  mrr: 'stock',
  net_revenue: 'flow',
  paying_customers: 'stock',
  members: 'stock',
  active_members: 'flow',
  customer_churn_rate: 'flow',
} as const;

/** What MRR of the week before becomes that of the week by. */
export const digestMovements = [
  'new_mrr',
  'expansion_mrr',
  'reactivation_mrr',
  'contraction_mrr',
  'churn_mrr',
] as const;

export type DigestKey = keyof typeof digestKinds;
export type DigestValues = Readonly<Record<DigestKey, number | null>>;

export const digestKeys = [
  'mrr',
  'net_revenue',
  'paying_customers',
  'members',
  'active_members',
  'customer_churn_rate',
] as const satisfies readonly DigestKey[];

/** Takes a value of each figure. */
export function eachFigure<Value>(of: (key: DigestKey) => Value): Record<DigestKey, Value> {
  return {
    mrr: of('mrr'),
    net_revenue: of('net_revenue'),
    paying_customers: of('paying_customers'),
    members: of('members'),
    active_members: of('active_members'),
    customer_churn_rate: of('customer_churn_rate'),
  };
}

/** What a digest said of figures that are something else now; of the others nothing. */
export function restatedFigures(
  said: ReadonlyMap<string, number>,
  now: DigestValues,
): { said: DigestValues; now: DigestValues } | null {
  const isRestated = (key: DigestKey) => now[key] !== null && said.has(key) && said.get(key) !== now[key];
  if (!digestKeys.some(isRestated)) return null;
  return {
    said: eachFigure((key) => (isRestated(key) ? (said.get(key) ?? null) : null)),
    now: eachFigure((key) => (isRestated(key) ? now[key] : null)),
  };
}
