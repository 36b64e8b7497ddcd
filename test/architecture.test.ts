import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** What each folder may import of the others; `types` of a folder are imported with `import type`. */
const rules: Readonly<Record<string, { code: readonly string[]; types?: readonly string[] }>> = {
  config: { code: ['domain'] },
  domain: { code: [] },
  store: { code: ['domain'] },
  ingest: { code: ['domain', 'store'] },
  reports: { code: ['domain', 'store', 'workers'] },
  render: { code: ['domain'], types: ['reports'] },
  whop: { code: ['domain', 'ingest'], types: ['store', 'config'] },
  discord: { code: ['domain', 'ingest'], types: ['store', 'config'] },
  http: { code: ['domain', 'ingest'], types: ['store', 'config'] },
  workers: { code: ['domain'] },
  jobs: { code: ['domain', 'reports', 'render', 'store'] },
  commands: { code: ['domain', 'reports', 'render', 'discord'] },
  demo: {
    code: [
      'app',
      'command-context',
      'commands',
      'config',
      'discord',
      'domain',
      'ingest',
      'jobs',
      'render',
      'reports',
      'store',
      'whop',
      'http',
    ],
  },
};

/** The composition root and what a terminal needs of it: they may import everything. */
const roots = [
  'app',
  'command-context',
  'whop-jobs',
  'main',
  'cli',
  'arguments',
  'doctor',
  'terminal',
  'replay',
  'reconcile',
  'churn-command',
  'event-history',
  'csv',
];

/** Known to everybody: they know nobody. */
const shared = ['log', 'environment-file'];

type Import = { from: string; to: string; file: string; typeOnly: boolean };

function sourceFiles(): string[] {
  return filesOf('src', 'commands').filter((file) => file.endsWith('.ts') && !file.includes('generated'));
}

function filesOf(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
}

/** `src/whop/delivery.ts` is of `whop`, `src/config.ts` of `config`, `commands/stats.ts` of `commands`. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? second.replace(/\.ts$/, '') : first;
}

const importPattern = /^(?:import|export)\s+(type\s)?[^;]*?from\s+'([^']+)'/gm;

function importsOf(file: string): { specifier: string; typeOnly: boolean }[] {
  const source = readFileSync(join(root, file), 'utf8');
  return [...source.matchAll(importPattern)].map(([, type, specifier = '']) => ({
    specifier,
    typeOnly: type !== undefined,
  }));
}

const internalImports: Import[] = sourceFiles().flatMap((file) =>
  importsOf(file)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier, typeOnly }) => {
      const to = relative(root, join(root, dirname(file), specifier));
      return { from: roomOf(file), to: roomOf(to), file, typeOnly };
    }),
);

function allowed({ from, to, typeOnly }: Import): boolean {
  if (from === to || roots.includes(from) || shared.includes(to)) return true;
  const rule = rules[from];
  return rule !== undefined && (rule.code.includes(to) || (typeOnly && (rule.types ?? []).includes(to)));
}

function lines(file: string): string[] {
  return readFileSync(join(root, file), 'utf8').split('\n');
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

describe('the architecture', () => {
  it('sees the imports of every room', () => {
    expect(internalImports.length).toBeGreaterThan(100);
    expect(new Set(internalImports.map(({ from }) => from))).toContain('commands');
  });

  it('lets each room import only what it may', () => {
    const forbidden = internalImports.filter((one) => !allowed(one)).map(({ file, to }) => `${file} imports ${to}`);
    expect(forbidden).toEqual([]);
  });

  it('lets nobody import main.ts', () => {
    expect(internalImports.filter(({ to }) => to === 'main')).toEqual([]);
  });

  it('keeps the domain pure: no clock, no input or output, nothing asynchronous', () => {
    const impure = /\bDate\.now\b|new Date\(\)|Temporal\.Now|\basync\b|\bawait\b|Math\.random|process\.|from 'node:/;
    const files = sourceFiles().filter((file) => roomOf(file) === 'domain');
    expect(files.filter((file) => lines(file).some((line) => impure.test(line)))).toEqual([]);
    const packages = files.flatMap(importsOf).filter(({ specifier }) => !specifier.startsWith('.'));
    expect(new Set(packages.map(({ specifier }) => specifier))).toEqual(new Set(['temporal-polyfill']));
  });

  it('keeps SQL to store and ingest', () => {
    const sql = /\bselect\s.+\sfrom\b|\binsert into\b|\.query\(/i;
    const elsewhere = sourceFiles().filter((file) => !['store', 'ingest', 'demo'].includes(roomOf(file)));
    expect(elsewhere.filter((file) => lines(file).some((line) => sql.test(line)))).toEqual([]);
  });

  it('reads the environment in main.ts and cli.ts only', () => {
    const readers = sourceFiles().filter((file) => lines(file).some((line) => line.includes('process.env')));
    expect(readers.toSorted()).toEqual(['src/cli.ts', 'src/main.ts']);
  });

  it('keeps to its budgets', () => {
    const page = filesOf('src/demo/page').filter((file) => /\.(js|css|html)$/.test(file));
    const sizes = [...sourceFiles(), ...page].map((file) => lines(file).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(250);
    expect(percentile(sizes, 0.9)).toBeLessThanOrEqual(130);
  });

  it('has no types that say nothing, and hardly a cast', () => {
    const code = (line: string) => line.replace(/'[^']*'/g, "''").replace(/^\s*(\*|\/[*/]).*/, '');
    const all = sourceFiles().flatMap((file) => lines(file).map((line) => ({ file, line: code(line) })));
    const silenced = /[:<]\s*any\b|\bas any\b|@ts-(ignore|nocheck|expect-error)/;
    expect(all.filter(({ line }) => silenced.test(line))).toEqual([]);
    const casts = all.filter(
      ({ line }) => /[\w)\]}] as (?!const\b)[A-Z{]/.test(line) && !/^(import|export)\b|^\s*(\*|\/)/.test(line),
    );
    expect(casts.length).toBeLessThanOrEqual(all.length / 1000);
  });
});
