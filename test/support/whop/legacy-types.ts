/**
 * Webhook data of `@whop/api` 0.0.51, whose own types can't be imported: they bring the browser's globals into the whole
 * compilation, and the code of the charts is typed for Node.js alone.
 */
export type LegacyPayment = {
  id: string;
  membership_id?: string | null;
  product_id?: string | null;
  user_id?: string | null;
  plan_id?: string | null;
  company_id: string;
  created_at: number;
  paid_at?: number | null;
  refunded_at?: number | null;
  last_payment_attempt?: number | null;
  next_payment_attempt?: number | null;
  status: string;
  subtotal: number;
  final_amount: number;
  amount_after_fees?: number | null;
  currency: string;
  refunded_amount?: number | null;
  payments_failed: number;
  checkout_id?: string | null;
  card_brand?: string | null;
  card_last_4?: string | null;
  billing_usage_ids: string[];
  metadata?: Record<string, unknown> | null;
};

export type LegacyMembership = {
  id: string;
  product_id: string;
  user_id?: string | null;
  plan_id: string;
  page_id: string;
  created_at: number;
  expires_at?: number | null;
  renewal_period_start?: number | null;
  renewal_period_end?: number | null;
  quantity: number;
  status: string;
  valid: boolean;
  cancel_at_period_end: boolean;
  license_key?: string | null;
  metadata?: Record<string, unknown> | null;
  checkout_id?: string | null;
  affiliate_username?: string | null;
  manage_url: string;
  company_buyer_id?: string | null;
  marketplace: boolean;
  custom_field_responses: { id: string; custom_field_id: string; value?: string | null }[];
};

/** A refund, which has a `gateway_type`, or a dispute. */
export type LegacyClaim = {
  id: string;
  status: string;
  amount: number;
  currency: string;
  gateway_type?: string;
  created_at: number;
  payment_id: string;
  payment: LegacyPayment;
};
