import type { Pool } from 'pg';
import type { Delivery, Json } from './ingest/delivery.ts';
import type { Ingest } from './ingest/ingest.ts';
import { factsRefused } from './ingest/refusal.ts';
import { countUnreadDeliveries, readUnreadDeliveries, type UnreadDelivery } from './store/unread-deliveries.ts';
import { readDelivery } from './whop/delivery.ts';

export type Replay = {
  waiting: number;
  understood: number;
  /** Why the others aren't: by type and reason, the most first. */
  left: { type: string; why: string; count: number }[];
};

type Parts = {
  pool: Pool;
  ingest: Pick<Ingest, 'replay'>;
  /** Whose those are that name no company. */
  defaultCompanyId: string | null;
  stopping: AbortSignal;
};

const pageSize = 100;

/**
 * Reads again what was kept unread of these companies, as this version understands it; '' is for deliveries that named none.
 * Each is committed by itself, so that it can be stopped and repeated at any time.
 */
export async function replayDeliveries(companyIds: readonly string[], parts: Parts): Promise<Replay> {
  const counts = await Promise.all(companyIds.map((companyId) => countUnreadDeliveries(parts.pool, companyId)));
  const reasons: Reason[] = [];
  let understood = 0;
  for (const companyId of companyIds) {
    for await (const kept of unreadDeliveries(parts.pool, companyId)) {
      parts.stopping.throwIfAborted();
      const reason = await replayOne(kept, parts);
      if (reason === null) understood += 1;
      else reasons.push(reason);
    }
  }
  return { waiting: counts.reduce((sum, count) => sum + count, 0), understood, left: countReasons(reasons) };
}

async function* unreadDeliveries(pool: Pool, companyId: string): AsyncGenerator<UnreadDelivery<Json>> {
  let after = '';
  for (;;) {
    const page = await readUnreadDeliveries<Json>(pool, companyId, { after, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = last.eventId;
  }
}

type Reason = { type: string; why: string };

/** Why it is left as it is; null once it is understood. */
async function replayOne(kept: UnreadDelivery<Json>, { ingest, defaultCompanyId }: Parts): Promise<Reason | null> {
  const delivery = readAgain(kept, kept.companyId === '' ? defaultCompanyId : kept.companyId);
  const { type } = delivery;
  if (delivery.error !== null) return { type, why: delivery.error };
  return (await ingest.replay(kept, delivery)) === 'recorded' ? null : { type, why: factsRefused };
}

function readAgain({ payload, eventId, sentAt, receivedAt }: UnreadDelivery<Json>, companyId: string | null): Delivery {
  const verified = { verified: true, eventId, sentAt } as const;
  return readDelivery(payload, { verified, receivedAt, defaultCompanyId: companyId });
}

function countReasons(reasons: readonly Reason[]): Replay['left'] {
  const counted = new Map<string, Replay['left'][number]>();
  for (const reason of reasons) {
    const key = JSON.stringify(reason);
    counted.set(key, { ...reason, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted.values()].sort((a, b) => b.count - a.count);
}
