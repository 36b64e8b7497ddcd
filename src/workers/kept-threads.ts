import { Worker } from 'node:worker_threads';

/** Starting a thread takes longer than scoring a small community, and who has asked once often asks again. */
const keptMs = 60_000;

/** Those that nobody uses, and when they are ended. They keep no process alive. */
const idle = new Map<Worker, NodeJS.Timeout>();

/** One for the caller alone: the one that was given back last, else a new one. */
export function takeThread(): Worker {
  const last = [...idle.keys()].at(-1);
  if (last === undefined) return startThread();
  forget(last);
  last.ref();
  return last;
}

/** Gives back a thread that has said all, for whoever comes next; it ends if nobody does. */
export function keepThread(thread: Worker, forMs = keptMs): void {
  const end = () => {
    forget(thread);
    void thread.terminate();
  };
  idle.set(thread, setTimeout(end, forMs).unref());
  thread.unref();
}

function startThread(): Worker {
  const thread = new Worker(new URL('churn-thread.js', import.meta.url), { execArgv: [] });
  thread.on('exit', () => forget(thread));
  // Whoever uses it hears of it by its messages; where nobody does, another one is started.
  thread.on('error', () => undefined);
  return thread;
}

function forget(thread: Worker): void {
  clearTimeout(idle.get(thread));
  idle.delete(thread);
}
