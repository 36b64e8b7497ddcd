import { statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { type Check, type Outcome, ok, problem, skipped } from './check.ts';
import type { Starting } from './patient.ts';

export const nodeCheck: Check<Starting> = {
  name: 'Node.js',
  needs: [],
  run: () => nodeOutcome(process.versions.node),
};

export const settingsCheck: Check<Starting> = {
  name: 'Settings',
  needs: [],
  run: (patient) => ok(told(patient.config())),
};

export const diskCheck: Check<Starting> = {
  name: 'Disk',
  needs: ['Settings'],
  run: async (patient) => {
    const { databaseUrl, dataDir } = patient.config();
    if (databaseUrl !== null) return skipped('the database is elsewhere, nothing is written here');
    return diskOutcome(await freeBytes(resolve(dataDir)), dataDir);
  },
};

export function nodeOutcome(version: string): Outcome {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
  return supported ? ok(version) : problem(version, 'install 20.19, 22.12, 24 or newer');
}

/** Postgres needs room for its log of writes besides the data; with less than that it stops. */
const leastFreeMb = 1000;

export function diskOutcome(free: number, dataDir: string): Outcome {
  const freeMb = Math.floor(free / 1_000_000);
  const text = `${freeMb.toLocaleString('en')} MB are free for ${dataDir}`;
  return freeMb >= leastFreeMb ? ok(text) : problem(text, 'make room, or move the folder and set DATA_DIR');
}

/** Where the folder isn't there yet, of the nearest one above it. */
async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return freeBytes(dirname(folder));
  }
}

function told({ company, charts, roles }: Config): string {
  const { timeZone, reportingCurrency, weekStart } = company;
  const currency = reportingCurrency ?? 'the currency most paid in';
  return `all can be read; ${timeZone}, ${currency}, weeks from ${weekStart}, charts ${charts.charts}, roles ${[...roles].join(', ')}`;
}
