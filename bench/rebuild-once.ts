import { z } from 'zod';
import { createLog } from '../src/log.ts';
import { openDatabase } from '../src/store/database.ts';
import { collectGarbage } from './collect-garbage.ts';
import { derive } from './derive.ts';
import { answerParent } from './other-process.ts';

const sampleMs = 50;

const orderShape = z.object({ connectionString: z.string(), companyId: z.string() });

/** Rebuilds one company and tells how long it took and by how much this process grew meanwhile. */
async function rebuildOnce({ connectionString, companyId }: z.infer<typeof orderShape>) {
  const database = await openDatabase({ connectionString, log: createLog('warn', 'stderr') });
  // What it costs to do it at all: code that is compiled, connections that are opened.
  await derive(database.pool, 'biz_benchNone');
  collectGarbage();
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const sampling = setInterval(sample, sampleMs);
  const startedAt = performance.now();
  await derive(database.pool, companyId);
  const ms = performance.now() - startedAt;
  sample();
  clearInterval(sampling);
  await database.stop();
  return { ms, grownBytes: peak - before };
}

answerParent((order) => rebuildOnce(orderShape.parse(order)));
