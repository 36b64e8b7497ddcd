import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../src/domain/churn/features.ts';
import { fitChurnModel } from '../../src/domain/churn/fit-model.ts';
import { learningRows } from '../../src/domain/churn/learning-row.ts';
import { scoreViews, viewAt } from '../../src/domain/churn/score.ts';
import { fitInThread, scoreInThread } from '../../src/workers/churn-worker.ts';
import { begin, mondays, simulateCommunity, weekMs } from '../support/churn/simulated-community.ts';

const weeks = 40;
const histories = simulateCommunity({ seed: 'thread', members: 250, weeks, effect: -0.4 }).map(
  ({ history }) => history,
);
const now = begin + weeks * weekMs;
const observation = { landmarks: mondays(8, 26), knownUntil: now, observedFrom: begin, historyStart: begin };
const kinds = [{ kind: 'message', valued: false }];

describe('the thread of the churn model', () => {
  it('fits and scores as the same functions do in the process itself', async () => {
    const model = await fitInThread({ ...observation, kinds, now }, histories);
    const rows = histories.flatMap((history) => learningRows(history, featuresOf(kinds), observation));
    expect(model.kind).toBe('fitted');
    expect(model).toEqual(fitChurnModel({ rows, kinds, now }));
    const risks = await scoreInThread({ model, at: now, observedFrom: begin }, histories);
    expect(risks.length).toBeGreaterThan(30);
    expect(risks).toEqual(
      scoreViews(
        model,
        histories.flatMap((history) => viewAt(history, now, begin) ?? []),
      ),
    );
  });

  it('takes members as they are loaded, and answers without any', async () => {
    async function* none() {}
    const model = await fitInThread({ ...observation, kinds, now }, none());
    expect(model).toMatchObject({ kind: 'prior', members: 0, window: null });
    expect(await scoreInThread({ model, at: now, observedFrom: begin }, none())).toEqual([]);
  });

  it('passes on what loading the members threw, and ends', async () => {
    async function* broken() {
      yield* histories.slice(0, 3);
      throw new Error('no database');
    }
    await expect(fitInThread({ ...observation, kinds, now }, broken())).rejects.toThrow('no database');
  });

  it('is stopped by a signal', async () => {
    const stopping = new AbortController();
    async function* stopped() {
      yield* histories.slice(0, 3);
      stopping.abort();
      yield* histories;
    }
    await expect(fitInThread({ ...observation, kinds, now }, stopped(), stopping.signal)).rejects.toThrow('aborted');
  });
});
