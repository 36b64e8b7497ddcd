import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../src/domain/churn/features.ts';
import { fitChurnModel } from '../../src/domain/churn/fit-model.ts';
import { learningRows } from '../../src/domain/churn/learning-row.ts';
import { fitInThread, scoreInThread } from '../../src/workers/churn-worker.ts';
import { keepThread, takeThread } from '../../src/workers/kept-threads.ts';
import { begin, mondays, simulateCommunity, weekMs } from '../support/churn/simulated-community.ts';

const histories = simulateCommunity({ seed: 'kept', members: 80, weeks: 30, effect: -0.4 }).map(
  ({ history }) => history,
);
const now = begin + 30 * weekMs;
const observation = { landmarks: mondays(8, 20), knownUntil: now, observedFrom: begin, historyStart: begin };
const kinds = [{ kind: 'message', valued: false }];
const fit = { ...observation, kinds, now };

/** The one that is kept for whoever comes next. */
function keptThread() {
  const thread = takeThread();
  keepThread(thread);
  return thread;
}

describe('a thread that is kept', () => {
  it('does the next task, and knows nothing of the one before', async () => {
    const model = await fitInThread(fit, histories);
    const thread = keptThread();
    const some = histories.slice(0, 40);
    const rows = some.flatMap((history) => learningRows(history, featuresOf(kinds), observation));
    expect(await fitInThread(fit, some)).toEqual(fitChurnModel({ rows, kinds, now }));
    const risks = await scoreInThread({ model, at: now, observedFrom: begin }, some);
    expect(await scoreInThread({ model, at: now, observedFrom: begin }, some)).toEqual(risks);
    expect(await scoreInThread({ model, at: now, observedFrom: begin }, [])).toEqual([]);
    expect(keptThread()).toBe(thread);
  });

  it('is used by one task at a time', async () => {
    const [one, other] = [takeThread(), takeThread()];
    expect(one).not.toBe(other);
    keepThread(one);
    keepThread(other);
    const alone = await fitInThread(fit, histories.slice(0, 40));
    const together = [fitInThread(fit, histories.slice(0, 40)), fitInThread(fit, histories.slice(0, 50))];
    expect((await Promise.all(together))[0]).toEqual(alone);
  });

  it('isn’t kept where a task was cut short', async () => {
    const thread = keptThread();
    async function* broken() {
      yield* histories.slice(0, 3);
      throw new Error('no database');
    }
    await expect(fitInThread(fit, broken())).rejects.toThrow('no database');
    expect(keptThread()).not.toBe(thread);
    expect(await fitInThread(fit, [])).toMatchObject({ kind: 'prior', members: 0 });
  });

  it('ends once nobody has needed it for as long as it is kept, and another is started', async () => {
    const thread = takeThread();
    keepThread(thread, 1);
    await once(thread, 'exit');
    expect(keptThread()).not.toBe(thread);
  });

  it('isn’t given out once it has ended by itself', async () => {
    const thread = keptThread();
    await thread.terminate();
    expect(keptThread()).not.toBe(thread);
  });

  it('lets its process end', () => {
    const program = `
      import { fitInThread } from './src/workers/churn-worker.ts';
      const task = { landmarks: [], knownUntil: 0, observedFrom: 0, historyStart: 0, kinds: [], now: 0 };
      console.log((await fitInThread(task, [])).kind);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 });
    expect({ stdout, status }).toEqual({ stdout: 'prior\n', status: 0 });
  });
});
