import pg from 'pg';
import { isUnavailable } from '../store/unavailable.ts';

/** What is kept beside such a delivery. */
export const factsRefused = 'its facts were refused by the database';

/** Postgres refuses what it was given: data exceptions, integrity constraints and program limits. */
const refusing = /^(22|23|54)/;

/**
 * The same may be stored later: a read-only server, no access or no database yet, conflicts between transactions, too few
 * resources, a state that has to change first, an intervention, trouble of the system.
 */
const passing = /^(25006|28|3D|40|53|55|57|58)/;

/** Whether it is the delivery itself that can't be stored. What isn't Postgres's error was thrown over the contents, too. */
export function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError ? refusing.test(error.code ?? '') : !isUnavailable(error);
}

/** Whether the sender should come again, since nothing is wrong with what was sent. */
export function isPassing(error: unknown): boolean {
  return isUnavailable(error) || (error instanceof pg.DatabaseError && passing.test(error.code ?? ''));
}

/** What may be logged of an error: Postgres's details quote the row that it refused. */
export function loggable(error: unknown): Record<string, unknown> {
  if (!(error instanceof pg.DatabaseError)) return { err: error };
  const { code, table, constraint, routine } = error;
  return { sqlState: code, table, constraint, routine };
}
