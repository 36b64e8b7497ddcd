import { describe, expect, it } from 'vitest';
import { Passing } from '../../../src/domain/user-error.ts';
import { type Arrival, createActivityBuffer } from '../../../src/ingest/activities/activity-buffer.ts';
import type { ActivityPage } from '../../../src/ingest/activities/activity-page.ts';
import { createLog } from '../../../src/log.ts';
import { activity } from '../../support/activities.ts';

const log = createLog('silent');

function arrival(id: string, companyId = 'biz_1'): Arrival {
  return { activity: activity({ id, companyId }), mark: { guildId: '5', channelId: '10', readTo: id } };
}

/** Where activities go; `refuse` says of each attempt what becomes of it. */
function destination(refuse: (page: ActivityPage) => Error | null = () => null) {
  const pages: ActivityPage[] = [];
  const record = async (page: ActivityPage): Promise<number> => {
    const error = refuse(page);
    if (error !== null) throw error;
    pages.push(page);
    return page.activities.length;
  };
  return { pages, record, ids: () => pages.flatMap(({ activities }) => activities.map(({ id }) => id)) };
}

describe('the buffer of activities', () => {
  it('commits in the order of arrival, many at once, each company by itself, with how far channels are read', async () => {
    const { pages, record, ids } = destination();
    const buffer = createActivityBuffer({ record, log, maxBatch: 3 });
    for (const id of ['1', '2', '3', '4']) buffer.add(arrival(id));
    buffer.add(arrival('5', 'biz_2'));
    await buffer.stop(1000);
    expect(ids()).toEqual(['1', '2', '3', '4', '5']);
    expect(pages.map(({ activities }) => activities.length)).toEqual([3, 1, 1]);
    expect(pages[0]?.marks?.map(({ readTo }) => readTo)).toEqual(['1', '2', '3']);
  });

  it('says when it is full, and keeps no more than that', async () => {
    const { record, ids } = destination();
    const buffer = createActivityBuffer({ record, log, capacity: 2 });
    expect([buffer.add(arrival('1')), buffer.add(arrival('2')), buffer.add(arrival('3'))]).toEqual([true, true, false]);
    await buffer.stop(1000);
    expect(ids()).toEqual(['1', '2']);
  });

  it('waits for a database that can’t be reached, and loses nothing', async () => {
    let attempts = 0;
    const { record, ids } = destination(() => (++attempts < 3 ? new Passing('not now') : null));
    const buffer = createActivityBuffer({ record, log });
    for (const id of ['1', '2']) buffer.add(arrival(id));
    await buffer.stop(10_000);
    expect(ids()).toEqual(['1', '2']);
  });

  it('gives up at its stop when the database stays away', async () => {
    const { record, ids } = destination(() => new Passing('not now'));
    const buffer = createActivityBuffer({ record, log });
    buffer.add(arrival('1'));
    await buffer.stop(50);
    expect(ids()).toEqual([]);
  });

  it('loses none but the one that is refused', async () => {
    const { record, ids } = destination(({ activities }) =>
      activities.some(({ id }) => id === '2') ? new Error('refused') : null,
    );
    const buffer = createActivityBuffer({ record, log });
    for (const id of ['1', '2', '3']) buffer.add(arrival(id));
    await buffer.stop(1000);
    expect(ids()).toEqual(['1', '3']);
  });
});
