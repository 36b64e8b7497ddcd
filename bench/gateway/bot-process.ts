import { z } from 'zod';
import { startGateway } from '../../src/discord/gateway.ts';
import { createIngest } from '../../src/ingest/ingest.ts';
import { createLog } from '../../src/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { companySettings as settings } from '../company-settings.ts';
import { answerParent } from '../other-process.ts';

const orderShape = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('listen'), apiUrl: z.string(), token: z.string(), connectionString: z.string() }),
  z.object({ ask: z.literal('heap') }),
]);

type Discord = Omit<z.infer<(typeof orderShape)['options'][0]>, 'ask'>;

/** The bot that counts what people write in one guild, as it runs in production. */
async function listen({ apiUrl, token, connectionString }: Discord): Promise<void> {
  const log = createLog('warn', 'stderr');
  const database = await openDatabase({ connectionString, log });
  const ingest = createIngest({ pool: database.pool, log, settings });
  const companyOf = async () => 'biz_bench';
  await startGateway({
    apiUrl,
    token,
    commands: [],
    context: {},
    companyOf,
    log,
    activity: { ingest, backfillDays: 1 },
  });
}

/** In bytes. */
function heapInUse(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

answerParent(async (told) => {
  const order = orderShape.parse(told);
  return order.ask === 'heap' ? heapInUse() : listen(order);
});
