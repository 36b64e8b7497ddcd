import pg from 'pg';
import { UserError } from '../domain/user-error.ts';
import { isUnavailable } from './unavailable.ts';

/** What may be shown of a connection string: everything but the password. */
export type Target = { readonly host: string; readonly port: number; readonly database: string; readonly user: string };

const oldestVersion = 14;

const malformed =
  'DATABASE_URL is malformed: it should read postgresql://user:password@host:5432/database, with special characters ' +
  'of the password percent-encoded (@ as %40, # as %23, / as %2F)';

/** Throws UserError where the string isn't the URL of a Postgres. */
export function parseTarget(connectionString: string): Target {
  const afterHost = /^postgres(?:ql)?:\/\/[^/?#]*(.*)$/s.exec(connectionString)?.[1];
  // An unescaped character of the password ends the host early, and the password goes on in what comes after.
  if (afterHost === undefined || /[@#]/.test(afterHost)) throw new UserError(malformed);
  try {
    const { host, port, database, user } = new pg.Client({ connectionString });
    return { host, port, database: database ?? '', user: user ?? '' };
  } catch {
    throw new UserError(malformed);
  }
}

export function versionProblem(versionNumber: number, target: Target): UserError | null {
  const major = Math.floor(versionNumber / 10_000);
  if (major >= oldestVersion) return null;
  return new UserError(`Postgres ${major} ${at(target)} is too old: Tidewatch needs ${oldestVersion} or newer`);
}

/** One line that says what to do about an error of connecting. */
export function connectionProblem(error: unknown, target: Target): UserError {
  if (error instanceof UserError) return error;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const advice = adviceByCode[code] ?? (isUnavailable(error) ? doesNotAnswer : refuses);
  return new UserError(advice(target, error instanceof Error ? error.message.split('\n')[0] : ''));
}

type Advice = (target: Target, reason?: string) => string;

const unknownHost: Advice = (target) =>
  `There is no host "${target.host}" (database "${target.database}"): check the host in DATABASE_URL`;

const nothingListens: Advice = (target) =>
  `Nothing listens ${at(target)}: start Postgres there, or check host and port in DATABASE_URL`;

const doesNotAnswer: Advice = (target, reason) =>
  `Postgres ${at(target)} can't be reached (${reason}): see that it runs and that this machine may connect to it`;

const wrongPassword: Advice = (target) =>
  `Postgres ${at(target)} refuses user "${target.user}": check user and password in DATABASE_URL`;

const noDatabase: Advice = (target) =>
  `There is no database "${target.database}" on ${target.host}:${target.port}: create it, or check its name in DATABASE_URL`;

const refuses: Advice = (target, reason) =>
  reason?.startsWith('SASL') ? wrongPassword(target) : `Postgres ${at(target)} can't be used: ${reason}`;

const adviceByCode: Readonly<Record<string, Advice>> = {
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  ECONNREFUSED: nothingListens,
  ENOENT: nothingListens,
  '28P01': wrongPassword,
  '3D000': noDatabase,
};

function at({ host, port, database }: Target): string {
  return `at ${host}:${port} (database "${database}")`;
}
