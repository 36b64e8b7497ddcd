import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Has a process of its own do one piece of work, by a module that calls `answerParent`, and resolves with its answer. */
export async function askProcess(module: URL, order: unknown): Promise<unknown> {
  const child = fork(module, { execArgv: ['--expose-gc', '--import', 'tsx'], serialization: 'advanced' });
  const answer = once(child, 'message').then(([told]) => told);
  const failure = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${module.pathname} ended: ${code}`)));
  child.send({ order });
  return Promise.race([answer, failure]);
}

/** In the other process: does the work that it is asked for, answers and ends. */
export function answerParent(work: (order: unknown) => Promise<unknown>): void {
  process.once('message', async (message: { order: unknown }) => {
    process.send?.(await work(message.order));
    process.disconnect();
  });
  // The parent has the answer, or is gone itself.
  process.once('disconnect', () => process.exit());
}
