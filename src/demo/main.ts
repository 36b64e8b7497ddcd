import { UserError } from '../domain/user-error.ts';
import { createLog } from '../log.ts';
import { runDemo } from './demo.ts';
import { openDemoStore } from './demo-store.ts';

/** Whoever sends SIGTERM waits 10 s for the end. */
const stopWithinMs = 9500;

async function main(dataDir: string, stopping: AbortSignal): Promise<void> {
  const log = createLog('warn', 'stderr');
  process.stdout.write(`Starting a Postgres of its own in ${dataDir}\n`);
  const store = await openDemoStore(dataDir, log);
  try {
    stopping.throwIfAborted();
    await runDemo({ dataDir, terminal: process.stdout, log, stopping, now: Date.now() });
  } finally {
    await store.stop();
  }
}

/** Ctrl-C reaches us from the terminal and once more through npm: the second one mustn't cut the stopping short. */
function stopOnSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stopping.abort());
  // Whoever read what is printed here has gone.
  process.stdout.once('error', () => stopping.abort());
  stopping.signal.addEventListener('abort', () => setTimeout(() => process.exit(0), stopWithinMs).unref());
  return stopping.signal;
}

const [dataDir = 'data/demo'] = process.argv.slice(2);
const stopping = stopOnSignal();
main(dataDir, stopping).then(
  () => process.exit(0),
  (error: unknown) => {
    if (stopping.aborted) process.exit(0);
    if (error instanceof UserError) process.stderr.write(`${error.message}\n`);
    else createLog('fatal', 'stderr').fatal({ err: error }, 'the demo failed');
    process.exit(1);
  },
);
