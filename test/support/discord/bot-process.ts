import { pino } from 'pino';
import { startGateway } from '../../../src/discord/gateway.ts';
import { help, report, stats } from './bot.ts';

/** The bot in a process of its own: SIGTERM stops the gateway, and nothing else may keep the process. */
const [apiUrl = '', token = ''] = process.argv.slice(2);
const gateway = await startGateway({
  apiUrl,
  token,
  commands: [stats, help],
  context: { reply: report },
  companyOf: async () => 'biz_harbour',
  log: pino(),
});
process.once('SIGTERM', () => void gateway.stop());
