import { pino } from 'pino';
import { startGateway } from '../../../src/discord/gateway.ts';
import { createIngest } from '../../../src/ingest/ingest.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { companyDefaults } from '../facts.ts';
import { help, report, stats } from './bot.ts';

/** The bot that counts what people do, in a process of its own; it says everything that it ever logs. */
const [apiUrl = '', token = '', connectionString = '', capacity = '10000'] = process.argv.slice(2);
const log = pino({ level: 'trace' });
const database = await openDatabase({ connectionString, log });
const ingest = createIngest({ pool: database.pool, log, settings: companyDefaults });
const gateway = await startGateway({
  apiUrl,
  token,
  commands: [stats, help],
  context: { reply: report },
  companyOf: async () => 'biz_harbour',
  log,
  activity: { ingest, backfillDays: 30, capacity: Number(capacity) },
});
log.info('listening');
process.once('SIGTERM', async () => {
  await gateway.stop();
  await database.stop();
  log.info('stopped');
});
