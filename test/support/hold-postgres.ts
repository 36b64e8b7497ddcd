import pg from 'pg';
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../../src/store/embedded-postgres.ts';

// A process of its own that uses the embedded Postgres of a folder until it is told to end, as the bot does.
const [dataDir = ''] = process.argv.slice(2);
const postgres = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }), durable: false });

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    // What the bot still holds when it is told to end has to get into the database.
    const client = new pg.Client({ connectionString: postgres.connectionString });
    await client.connect();
    const { rows } = await client.query<{ flushed: string }>(`SELECT 'flushed' AS flushed`);
    await client.end();
    await postgres.stop();
    process.stdout.write(`${rows[0]?.flushed}\n`);
    process.exit(0);
  });
}

const keepAlive = setInterval(() => undefined, 60_000);
keepAlive.ref();
process.stdout.write('ready\n');
