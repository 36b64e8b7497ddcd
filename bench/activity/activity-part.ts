import { collectGarbage } from '../collect-garbage.ts';
import { count, type Figure } from '../findings.ts';
import type { Part } from '../part.ts';
import { median, ratio } from '../statistics.ts';
import { createActivities } from './activities.ts';
import { botStore, copyStore, prismaStore, type Store } from './stores.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How fast activities are stored with all that follows from them, compared with the rows alone. */
export const activityPart: Part = async ({ database, sizes: { activity: sizes }, say }) => {
  const activities = createActivities(sizes.people);
  const bot = botStore(database);
  const copy = await copyStore(database);
  const inTurns = (size: number, batches: number, spanMs: number, other: Store) =>
    takeTurns([bot, other], () => activities.next(size, spanMs), batches);
  try {
    await inTurns(1_000, Math.ceil(sizes.batches / 5), minuteMs, copy.store);
    say('activity: live batches');
    const live = await inTurns(1_000, sizes.batches, minuteMs, copy.store);
    say('activity: rows one by one');
    const single = await inTurns(sizes.single, 3, minuteMs, prismaStore(database));
    const batch = median(live.map(([ours = 0]) => ours));
    say('activity: history');
    const history = await inTurns(sizes.history, sizes.historyBatches, 24 * hourMs, copy.store);
    const perRow = (turns: number[][], of: number, size: number) => median(turns.map((turn) => (turn[of] ?? 0) / size));
    return {
      part: 'activity',
      figures: [
        figureOf('live batches, of COPY', live, { atLeast: 0.25 }, meansCopy),
        figureOf('history, of COPY', history, { atLeast: 0.3 }, meansCopy),
        {
          ...{ name: 'live batches, of row by row', unit: 'ratio', target: { atLeast: 20 }, means: meansPrisma },
          measured: ratio(perRow(single, 1, sizes.single), batch === null ? null : batch / 1_000),
        },
      ],
      observed: [
        `live: ${rate(live, 0, 1_000)} activities a second with all that follows, ${rate(live, 1, 1_000)} rows by COPY`,
        `history: ${rate(history, 0, sizes.history)}, and ${rate(history, 1, sizes.history)} by COPY`,
        `row by row: ${rate(single, 1, sizes.single)}`,
        `${count(sizes.people)} people, 50 channels; batches of 1,000, of ${count(sizes.history)} for history`,
      ],
    };
  } finally {
    await copy.stop();
  }
};

const meansCopy =
  'how many activities a second the bot stores, with accounts, sums and sets of people, of the rows that COPY writes into ' +
  'a table with the same columns, keys and partitioning; one commit a batch each';
const meansPrisma =
  'how many times as many as by one call of Prisma’s `create` after the other, which stores the rows alone';

function figureOf(name: string, turns: number[][], target: Figure['target'], means: string): Figure {
  const ratios = turns.map(([ours = null, other = null]) => ratio(other, ours)).filter((one) => one !== null);
  const range = { least: Math.min(...ratios), most: Math.max(...ratios) };
  return { name, measured: median(ratios), range, unit: 'ratio', target, means };
}

function rate(turns: number[][], of: number, size: number): string {
  const ms = median(turns.map((turn) => turn[of] ?? 0));
  return ms === null ? 'n/a' : count((size * 1_000) / ms);
}

/** How many milliseconds each store took for each batch; both get the same ones, and take turns in being the first. */
async function takeTurns(
  stores: readonly [Store, Store],
  next: () => Parameters<Store>[0],
  batches: number,
): Promise<number[][]> {
  const turns: number[][] = [];
  for (let i = 0; i < batches; i += 1) {
    const batch = next();
    if (i % 20 === 0) collectGarbage();
    const [ours, other] = stores;
    const order = i % 2 === 0 ? [ours, other] : [other, ours];
    const times = new Map<Store, number>();
    for (const store of order) {
      const begun = performance.now();
      await store(batch);
      times.set(store, performance.now() - begun);
    }
    turns.push(stores.map((store) => times.get(store) ?? 0));
  }
  return turns;
}
