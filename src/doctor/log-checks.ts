import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import { type Check, runChecks } from './check.ts';
import type { Starting } from './patient.ts';

type Started = { config: Config; database: Database; log: Log };

/** Logs what `cli doctor` says of these; whether that ends the start is decided where it is tried. */
export async function logChecks(checks: readonly Check<Starting>[], { config, database, log }: Started): Promise<void> {
  const starting: Starting = { config: () => config, database: async () => database };
  for (const { name: check, state, text } of await runChecks(checks, starting)) {
    if (state === 'problem') log.warn({ check, state }, text);
    else log.info({ check, state }, text);
  }
}
