import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

const nodeOptions = ['--expose-gc', '--max-semi-space-size=32', '--import', 'tsx'];

export type OtherProcess = {
  /** Resolves with its answer; one question at a time. */
  ask(order: unknown): Promise<unknown>;
  stop(): Promise<void>;
};

/** A process of its own, that runs a module which calls `answerParent`. */
export function startProcess(module: URL): OtherProcess {
  const child = fork(module, { execArgv: nodeOptions, serialization: 'advanced' });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${module.pathname} ended: ${code}`);
  });
  ended.catch(() => undefined);
  return {
    async ask(order) {
      const told = once(child, 'message');
      child.send({ order });
      const [{ answer }] = await Promise.race([told, ended]);
      return answer;
    },
    stop: () => end(child),
  };
}

/** Has a process of its own do one piece of work, and resolves with its answer. */
export async function askProcess(module: URL, order: unknown): Promise<unknown> {
  const other = startProcess(module);
  try {
    return await other.ask(order);
  } finally {
    await other.stop();
  }
}

/** In the other process: does what it is asked for and answers, until the parent has no more questions, or is gone. */
export function answerParent(work: (order: unknown) => Promise<unknown>): void {
  process.on('message', async (message: { order: unknown }) => {
    process.send?.({ answer: await work(message.order) });
  });
  process.once('disconnect', () => process.exit());
}

async function end(child: ChildProcess): Promise<void> {
  if (!child.connected) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}
