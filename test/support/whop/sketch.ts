/** What a test says of a thing; each generation of Whop's payloads tells it in its own way. Times are ms since 1970. */
export type PaymentSketch = {
  id: string;
  userId: string;
  membershipId: string;
  planId: string;
  productId: string;
  failed: boolean;
  /** In major units, as Whop tells it. */
  total: number;
  afterFees: number;
  currency: 'usd' | 'eur' | 'jpy' | 'kwd';
  createdAt: number;
  updatedAt: number;
};

export type MembershipSketch = {
  id: string;
  userId: string;
  planId: string;
  productId: string;
  status: 'trialing' | 'active' | 'past_due' | 'completed' | 'canceled' | 'expired' | 'canceling';
  cancelAtPeriodEnd: boolean;
  createdAt: number;
  updatedAt: number;
  periodStart: number;
  periodEnd: number;
};

export type ClaimSketch = {
  id: string;
  payment: PaymentSketch;
  amount: number;
  createdAt: number;
  updatedAt: number;
};

export const companyId = 'biz_Tide00';
/** A whole second, as every time that a legacy payload tells. */
export const noon = Date.UTC(2026, 2, 14, 12);
export const minuteMs = 60_000;
const dayMs = 86_400_000;

export function payment(differs: Partial<PaymentSketch> = {}): PaymentSketch {
  const createdAt = differs.createdAt ?? noon;
  return {
    id: 'pay_1',
    userId: 'user_1',
    membershipId: 'mem_1',
    planId: 'plan_1',
    productId: 'prod_1',
    failed: false,
    total: 29.99,
    afterFees: 28.11,
    currency: 'usd',
    createdAt,
    updatedAt: createdAt + minuteMs,
    ...differs,
  };
}

export function membership(differs: Partial<MembershipSketch> = {}): MembershipSketch {
  const createdAt = differs.createdAt ?? noon;
  return {
    id: 'mem_1',
    userId: 'user_1',
    planId: 'plan_1',
    productId: 'prod_1',
    status: 'active',
    cancelAtPeriodEnd: false,
    createdAt,
    updatedAt: createdAt + minuteMs,
    periodStart: createdAt,
    periodEnd: createdAt + 30 * dayMs,
    ...differs,
  };
}

/** A refund, or what a customer disputes: an amount that is claimed back of a payment. */
export function claim(differs: Partial<ClaimSketch> & { id: string }): ClaimSketch {
  const createdAt = differs.createdAt ?? noon + dayMs;
  return { payment: payment(), amount: 10.5, createdAt, updatedAt: createdAt + minuteMs, ...differs };
}
