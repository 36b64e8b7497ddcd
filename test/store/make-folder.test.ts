import { mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/store/make-folder.ts';

let box: string;
beforeEach(async () => {
  box = await mkdtemp(join(tmpdir(), 'tidewatch-folder-'));
});
afterEach(() => rm(box, { recursive: true }));

describe('a folder', () => {
  it('is made with those above it, also by several at once, and once it is there nothing is done', async () => {
    const folder = join(box, 'some', 'more', 'data');
    await Promise.all(Array.from({ length: 5 }, () => makeFolder(folder)));
    await makeFolder(folder);
    expect((await stat(folder)).isDirectory()).toBe(true);
  });

  it('may be another one by a link', async () => {
    await symlink(box, join(box, 'link'));
    await makeFolder(join(box, 'link'));
    await makeFolder(join(box, 'link', 'data'));
    expect((await stat(join(box, 'data'))).isDirectory()).toBe(true);
  });

  it('isn’t made where none can be', async () => {
    await writeFile(join(box, 'file'), '');
    await symlink(join(box, 'nothing', 'there'), join(box, 'dangling'));
    await expect(makeFolder(join(box, 'file'))).rejects.toThrow('EEXIST');
    await expect(makeFolder(join(box, 'file', 'data'))).rejects.toThrow('ENOTDIR');
    await expect(makeFolder(join(box, 'dangling', 'data'))).rejects.toThrow('EEXIST');
  });

  it.runIf(process.platform === 'linux')(
    'isn’t looked for without end where the kernel denies to have one',
    async () => {
      await expect(makeFolder('/proc/x/data')).rejects.toThrow('ENOENT');
    },
  );
});
