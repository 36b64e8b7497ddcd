import type { Json } from '../../../src/ingest/delivery.ts';
import type { Signed } from './sign.ts';
import type { ClaimSketch, MembershipSketch, PaymentSketch } from './sketch.ts';

/** One of the shapes in which Whop has sent the same things over the years. */
export type Generation = {
  payment(sketch: PaymentSketch): Json;
  membership(sketch: MembershipSketch): Json;
  refund(sketch: ClaimSketch): Json;
  dispute(sketch: ClaimSketch): Json;
  envelope(type: string, data: Json | undefined, envelope: { at: number; companyId?: string }): Json;
  sign(body: string, signing: { at: number; secret?: string; id?: string }): Signed;
};

export function seconds(at: number): number {
  return Math.floor(at / 1000);
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
