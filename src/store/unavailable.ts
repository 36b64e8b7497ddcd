/** Of the system's calls: connecting, or the connection, failed. */
const systemCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'],
  ...['ENOTFOUND', 'EAI_AGAIN'],
]);

/** Postgres's: shutting down (admin_shutdown, crash_shutdown, cannot_connect_now), too_many_connections, and class 08. */
const postgresCode = /^(57P0[123]|53300|08...)$/;

/** Prisma's: can't reach, timed out, connection closed, too many connections. */
const prismaCodes = new Set(['P1001', 'P1002', 'P1017', 'P2037']);

/** node-postgres's own, which have no code, and a Unix socket without a server, whose code is that of any missing file. */
const messages =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|connect ENOENT/;

/** Whether this was thrown because the database can't be reached just now, so that the same may succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const codes = [property(error, 'code'), property(error, 'originalCode')];
  if (codes.some((code) => typeof code === 'string' && isUnavailableCode(code))) return true;
  if (error instanceof Error && messages.test(error.message)) return true;
  // Prisma keeps what the driver said under `meta`.
  return [property(error, 'cause'), property(property(error, 'meta'), 'driverAdapterError')].some(isUnavailable);
}

function isUnavailableCode(code: string): boolean {
  return systemCodes.has(code) || postgresCode.test(code) || prismaCodes.has(code);
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
