import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { fitInThread, scoreInThread } from '../../src/workers/churn-worker.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { answerParent } from '../other-process.ts';
import { begin, churnMembers, weekMs } from './churn-members.ts';

/** Members leave before the last landmark, so that there are somewhat fewer rows than landmarks times members. */
const landmarkCount = 50;
const weeks = landmarkCount + 14;
const sampleMs = 20;

const orderShape = z.object({ members: z.number(), scored: z.number() });

/** Fits once and scores once, and tells how long each took, by how much this process grew and how long its loop stood. */
async function churnOnce({ members, scored }: z.infer<typeof orderShape>) {
  const idle = new Worker(new URL('idle-thread.js', import.meta.url), { execArgv: [] });
  await once(idle, 'online');
  collectGarbage();
  const before = process.memoryUsage.rss();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, sampleMs);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const now = begin + weeks * weekMs;
  const landmarks = Array.from({ length: landmarkCount }, (_, week) => begin + (week + 8) * weekMs);
  const startedAt = performance.now();
  const observation = { landmarks, knownUntil: now, observedFrom: begin, historyStart: begin };
  const task = { ...observation, kinds: [{ kind: 'message', valued: false }], now };
  const model = await fitInThread(task, churnMembers(members, weeks));
  const fittedAt = performance.now();
  const risks = await scoreInThread({ model, at: now, observedFrom: begin }, churnMembers(scored, weeks));
  const scoredAt = performance.now();
  delay.disable();
  clearInterval(sampling);
  idle.postMessage('that is all');
  const [idleBlockMs] = await once(idle, 'message');
  return {
    rows: model.rows,
    risks: risks.length,
    fitMs: fittedAt - startedAt,
    scoreMs: scoredAt - fittedAt,
    longestBlockMs: delay.max / 1e6,
    idleBlockMs,
    grownBytes: peak - before,
  };
}

answerParent((order) => churnOnce(orderShape.parse(order)));
