import type { Log } from '../log.ts';

/** What a command is given. */
export type Terminal = { environment: Readonly<Record<string, string | undefined>>; log: Log };
