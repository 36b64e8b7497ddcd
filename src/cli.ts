import { CommanderError } from '@commander-js/extra-typings';
import { UserError, WrongChoice } from './domain/user-error.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { createLog } from './log.ts';
import { createProgram } from './terminal/program.ts';

/** What went wrong goes to standard error, so that standard output holds the answer alone. */
const log = createLog('warn', 'stderr');

async function main(): Promise<void> {
  readEnvironmentFile();
  try {
    await createProgram({ environment: process.env, log }).parseAsync();
  } catch (error) {
    // Commander has already said on standard error what is allowed.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof WrongChoice) fail(error.message, 2);
    else if (error instanceof UserError) fail(error.message, 1);
    else {
      log.fatal({ err: error }, 'failed');
      process.exitCode = 1;
    }
  }
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}

await main();
