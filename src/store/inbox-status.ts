import type { PrismaClient } from './generated/client.ts';

export type InboxStatus = {
  /** When the newest delivery came, null where none did. */
  lastReceivedAt: Date | null;
  deliveries: number;
  /** Deliveries that are kept but couldn't be read. */
  unread: number;
};

export async function readInboxStatus(prisma: PrismaClient, companyId: string): Promise<InboxStatus> {
  const { _max, _count } = await prisma.inbox.aggregate({
    where: { companyId },
    _max: { receivedAt: true },
    _count: { _all: true, error: true },
  });
  return { lastReceivedAt: _max.receivedAt, deliveries: _count._all, unread: _count.error };
}
