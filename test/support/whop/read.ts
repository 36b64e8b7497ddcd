import { expect } from 'vitest';
import type { Delivery, Json } from '../../../src/ingest/delivery.ts';
import { readDelivery } from '../../../src/whop/delivery.ts';
import { companyId, noon } from './sketch.ts';

/** Noon, as Whop writes it. */
export const at = '2026-03-14T12:00:00.000Z';

export function read(payload: Json, defaultCompanyId: string | null = companyId): Delivery {
  const verified = { verified: true as const, eventId: 'msg_1', sentAt: noon };
  return readDelivery(payload, { verified, receivedAt: noon + 5, defaultCompanyId });
}

/** What a payload's one snapshot of its own subject told. */
export function told(type: string, data: Json): Record<string, unknown> {
  const { snapshots, error } = read({ type, timestamp: at, data });
  expect(error).toBe(null);
  return snapshots[0]?.values ?? {};
}

/** Why a payload can't be read; it tells no facts then. */
export function errorOf(payload: Json): string | null {
  const { snapshots, changes, error } = read(payload);
  if (error !== null) expect({ snapshots, changes }).toEqual({ snapshots: [], changes: [] });
  return error;
}
