import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder, and those above it that are missing. Node's own recursion goes on for ever where a folder that is there says
 * that it is missing, as /proc does to whoever makes something in it.
 */
export async function makeFolder(path: string): Promise<void> {
  const [folder, parent] = [resolve(path), dirname(resolve(path))];
  try {
    await mkdir(folder);
  } catch (error) {
    if (await isFolder(folder)) return;
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    await makeFolder(folder);
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
