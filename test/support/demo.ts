import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDemo } from '../../src/demo/demo.ts';
import { openDemoStore } from '../../src/demo/demo-store.ts';
import { createLog } from '../../src/log.ts';

export type RunningDemo = {
  /** Where the page is. */
  url: string;
  /** What the demo has written to the terminal. */
  said: string;
  /** Where its Postgres is. */
  dataDir: string;
  stop(): Promise<void>;
};

/** The demo in this process, at an instant of one's choice. */
export async function startDemo(now: number): Promise<RunningDemo> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidewatch-page-'));
  const log = createLog('warn', 'stderr');
  const store = await openDemoStore(dataDir, log);
  const stopping = new AbortController();
  let said = '';
  let onPage: (url: string) => void = () => undefined;
  const page = new Promise<string>((resolve) => {
    onPage = resolve;
  });
  const write = (text: string) => {
    said += text;
    const [, url] = /Now open (\S+)/.exec(said) ?? [];
    if (url !== undefined) onPage(url);
    return true;
  };
  const ended = runDemo({ dataDir, terminal: { isTTY: false, write }, log, stopping: stopping.signal, now });
  const failed = ended.then(() => Promise.reject(new Error('the demo ended')));
  const stop = async () => {
    stopping.abort();
    await ended.catch(() => undefined);
    await store.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await Promise.race([page, failed]);
    failed.catch(() => undefined);
    return { url, said, dataDir, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
