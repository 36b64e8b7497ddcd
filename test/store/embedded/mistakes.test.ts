import { mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/domain/user-error.ts';
import { linkLibraries } from '../../../src/store/embedded/binaries.ts';
import { isRoot, useSandbox } from '../../support/embedded-postgres.ts';

const box = useSandbox();

describe('what only a person can mend', () => {
  it('is a folder with other files in it', async () => {
    await mkdir(box.pgData);
    await writeFile(join(box.pgData, 'notes.txt'), '');
    await expect(box.start()).rejects.toThrow(UserError);
    expect(await readdir(box.pgData)).toEqual(['notes.txt']);
  });

  it('is data of another release', async () => {
    await (await box.start()).stop();
    await writeFile(join(box.pgData, 'PG_VERSION'), '17\n');
    await expect(box.start()).rejects.toThrow(/was made by Postgres 17, the embedded one is 18/);
  });

  it('is a place where no folder can be made', async () => {
    await expect(box.start('/dev/null/data')).rejects.toThrow(/\/dev\/null\/data can't be made \(ENOTDIR\)/);
  });

  it.runIf(process.platform === 'linux')('is a place that denies to be there', async () => {
    await expect(box.start('/proc/x/data')).rejects.toThrow(/\/proc\/x\/data can't be made \(ENOENT\)/);
  });

  it.runIf(isRoot)('is data that belongs to root', async () => {
    await mkdir(box.pgData);
    await expect(box.start()).rejects.toThrow(/belongs to root/);
  });

  it('is a server that does not start, whose last words are told', async () => {
    await (await box.start()).stop();
    await rm(join(box.pgData, 'global'), { recursive: true });
    await expect(box.start()).rejects.toThrow(/doesn't start: .*(global|PANIC|FATAL).*postgres\.log/);
  });
});

describe('linkLibraries', () => {
  it('makes what the install script would have made, once', async () => {
    await mkdir(join(box.dataDir, 'native', 'lib'), { recursive: true });
    const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
    await writeFile(join(box.dataDir, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await linkLibraries(box.dataDir);
    await linkLibraries(box.dataDir);
    expect(await readlink(join(box.dataDir, 'native', 'lib', 'libx.so.1'))).toBe('libx.so.1.2');
  });

  it('says what to run where it cannot', async () => {
    await mkdir(join(box.dataDir, 'native'));
    const links = [{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }];
    await writeFile(join(box.dataDir, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await expect(linkLibraries(box.dataDir)).rejects.toThrow(`cd ${box.dataDir} && node scripts/hydrate-symlinks.js`);
  });
});
