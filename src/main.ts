import { once } from 'node:events';
import { startApp } from './app.ts';
import { parseConfig } from './config.ts';
import { UserError } from './domain/user-error.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { createLog } from './log.ts';

/** Whoever sends SIGTERM waits 10 s for the end. */
const stopWithinMs = 9000;

async function main(stopping: AbortSignal): Promise<void> {
  readEnvironmentFile();
  const config = parseConfig(process.env);
  const log = createLog(config.logLevel);
  const app = await startApp(config, log, { stopping });
  if (!stopping.aborted) await once(stopping, 'abort');
  log.info('stopping');
  await app.stop();
  log.info('stopped');
}

function stopOnSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stopping.abort());
  stopping.signal.addEventListener('abort', () => setTimeout(() => process.exit(0), stopWithinMs).unref());
  return stopping.signal;
}

const stopping = stopOnSignal();
main(stopping).then(
  () => process.exit(0),
  (error: unknown) => {
    if (stopping.aborted) process.exit(0);
    if (error instanceof UserError) process.stderr.write(`${error.message}\n`);
    else createLog('fatal', 'stderr').fatal({ err: error }, 'failed');
    process.exit(1);
  },
);
