/** Milliseconds since 1970 in UTC. */
export type Instant = number;

type Column = 'text' | 'money' | 'integer' | 'flag' | 'instant' | 'status';

/**
 * What is known of each kind of thing, and of which type. This one list makes the types below, the columns that `ingest/`
 * writes and the fields that a snapshot may tell. Money is in minor units of the row's `currency`.
 */
export const factColumns = {
  company: { title: 'text' },
  product: { title: 'text' },
  plan: {
    productId: 'text',
    title: 'text',
    planType: 'text',
    billingPeriodDays: 'integer',
    expirationDays: 'integer',
    trialPeriodDays: 'integer',
    currency: 'text',
    initialPriceMinor: 'money',
    renewalPriceMinor: 'money',
  },
  customer: { username: 'text', name: 'text' },
  membership: {
    userId: 'text',
    planId: 'text',
    productId: 'text',
    status: 'status',
    createdAt: 'instant',
    updatedAt: 'instant',
    renewalPeriodStart: 'instant',
    renewalPeriodEnd: 'instant',
    canceledAt: 'instant',
    cancelAtPeriodEnd: 'flag',
    cancelOption: 'text',
    promoCodeId: 'text',
  },
  payment: {
    userId: 'text',
    membershipId: 'text',
    planId: 'text',
    productId: 'text',
    status: 'status',
    billingReason: 'text',
    currency: 'text',
    totalMinor: 'money',
    subtotalMinor: 'money',
    taxMinor: 'money',
    amountAfterFeesMinor: 'money',
    usdTotalMinor: 'money',
    createdAt: 'instant',
    paidAt: 'instant',
    lastAttemptAt: 'instant',
    failedAttempts: 'integer',
    disputeAlertedAt: 'instant',
    promoCodeId: 'text',
  },
  refund: {
    paymentId: 'text',
    status: 'status',
    currency: 'text',
    amountMinor: 'money',
    createdAt: 'instant',
  },
  dispute: {
    paymentId: 'text',
    status: 'status',
    currency: 'text',
    amountMinor: 'money',
    createdAt: 'instant',
    needsResponseBy: 'instant',
  },
  promo_code: {
    code: 'text',
    productId: 'text',
    status: 'status',
    promoType: 'text',
    currency: 'text',
    amountOffMinor: 'money',
    percentOffBasisPoints: 'integer',
    duration: 'text',
    durationMonths: 'integer',
    uses: 'integer',
    stock: 'integer',
    unlimitedStock: 'flag',
    createdAt: 'instant',
    expiresAt: 'instant',
  },
  affiliate: {
    userId: 'text',
    status: 'status',
    referralsCount: 'integer',
    activeMembersCount: 'integer',
    usdRevenueMinor: 'money',
    usdMrrMinor: 'money',
    usdEarningsMinor: 'money',
    createdAt: 'instant',
  },
  waitlist_entry: {
    userId: 'text',
    planId: 'text',
    productId: 'text',
    status: 'status',
    createdAt: 'instant',
  },
  review: {
    userId: 'text',
    productId: 'text',
    stars: 'integer',
    status: 'status',
    paidForProduct: 'flag',
    createdAt: 'instant',
    publishedAt: 'instant',
  },
} as const satisfies Record<string, Record<string, Column>>;

export type FactKind = keyof typeof factColumns;

type ColumnTypes = { text: string; status: string; money: number; integer: number; flag: boolean; instant: Instant };

/** What is known of one thing; null where nothing is. */
export type Fact<K extends FactKind> = { id: string } & {
  -readonly [C in keyof (typeof factColumns)[K]]: (typeof factColumns)[K][C] extends Column
    ? ColumnTypes[(typeof factColumns)[K][C]] | null
    : never;
};

export type Company = Fact<'company'>;
export type Product = Fact<'product'>;
export type Plan = Fact<'plan'>;
export type Membership = Fact<'membership'>;
export type Payment = Fact<'payment'>;
export type Refund = Fact<'refund'>;
export type Dispute = Fact<'dispute'>;

export type FactValue = string | number | boolean | null;

/** What a source told of one thing at one time: the fields that it told, and no others. */
export type SnapshotOf<K extends FactKind> = {
  kind: K;
  companyId: string;
  id: string;
  version: Version;
  values: Partial<Omit<Fact<K>, 'id'>>;
};
export type Snapshot = { [K in FactKind]: SnapshotOf<K> }[FactKind];

/** Whop said at a certain time that a membership began or ended. Repeats of the same event are the same change. */
export type MembershipChange = {
  membershipId: string;
  change: 'activated' | 'deactivated';
  at: Instant;
};

/** A status that a membership was seen in: whoever is in another one by now had this one then. */
export type StatusSighting = {
  membershipId: string;
  status: string;
  at: Instant;
};

/**
 * When the source made a snapshot, as text that sorts by age: '1 ' and its time where the source tells it, '0 ' and the time
 * of sending for a legacy delivery, which therefore never replaces what has a time of its own.
 */
export type Version = string;

export function isTimed(told: Version): boolean {
  return told.startsWith('1 ');
}

export function version(at: Instant, timed: boolean): Version {
  return `${timed ? 1 : 0} ${new Date(at).toISOString()}`;
}
