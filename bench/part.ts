import type { Log } from '../src/log.ts';
import type { BenchDatabase } from './bench-database.ts';
import type { Findings } from './findings.ts';
import type { Sizes } from './sizes.ts';

/** One part of the benchmark, on an empty database of its own. */
export type Part = (bench: {
  database: BenchDatabase;
  sizes: Sizes;
  log: Log;
  /** Tells whoever waits what is under way. */
  say: (line: string) => void;
}) => Promise<Findings>;
