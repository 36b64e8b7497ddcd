import { pino } from 'pino';
import { startPoster } from '../../../src/discord/posting/poster.ts';
import { createOutbox } from '../../../src/store/create-outbox.ts';
import { openDatabase } from '../../../src/store/database.ts';

// Posts what waits, until it is killed, and tells its parent of each message before it is remembered as posted.

const [connectionString = '', apiUrl = '', token = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const outbox = createOutbox((await openDatabase({ connectionString, poolSize: 4, log })).pool);
const posted: typeof outbox.posted = async (...message) => {
  process.send?.('posted');
  await outbox.posted(...message);
};
startPoster({ apiUrl, token, outbox: { ...outbox, posted }, log, pollMs: 20, leaseMs: 1500 });
