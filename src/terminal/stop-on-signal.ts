/** Whoever sends SIGTERM waits 10 s for the end. */
const stopWithinMs = 9000;

/** A terminal's Ctrl-C also reaches us through npm: the second signal mustn't cut the stopping short. */
export function stopOnSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stopping.abort());
  stopping.signal.addEventListener('abort', () => setTimeout(() => process.exit(0), stopWithinMs).unref());
  return stopping.signal;
}

/** What was done before it was stopped is kept, so that stopping is no failure. */
export async function untilStopped(stopping: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!stopping.aborted) throw error;
    process.exitCode = 0;
    process.stdout.write('Stopped. What was read is kept; run this again to go on.\n');
  }
}
