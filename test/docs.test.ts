import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { ApplicationCommandOptionType } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import packageJson from '../package.json' with { type: 'json' };
import { parseConfig, variableNames } from '../src/config.ts';
import { checks } from '../src/doctor/checks.ts';
import { createMetrics } from '../src/http/metrics.ts';
import { createLog } from '../src/log.ts';
import { reports } from '../src/reports/index.ts';
import type { Report } from '../src/reports/report.ts';
import { createProgram } from '../src/terminal/program.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';

const root = resolve(import.meta.dirname, '..');
const files = trackedFiles();
const documents = files.filter((file) => file.endsWith('.md'));

/** What git knows, and is there; nothing where this is no clone. */
function trackedFiles(): string[] {
  if (!existsSync(join(root, '.git'))) return [];
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' });
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The text below a heading, up to the next of the same level. */
function section(file: string, heading: string): string {
  const [, found] = read(file).split(`\n## ${heading}\n`);
  if (found === undefined) throw new Error(`${file} has no section "${heading}"`);
  return found.split('\n## ')[0] ?? '';
}

/** The code spans that tables have in the first cell of their rows. */
function firstCells(markdown: string): string[] {
  return [...markdown.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, cell = '']) => cell);
}

const program = createProgram({ environment: {}, log: createLog('silent') });

/** `/stats revenue`, or `/status` where there are no subcommands. */
const slashNames = commands.flatMap(({ payload }) => {
  const options = payload.options ?? [];
  const subcommands = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
  const names = subcommands.map(({ name }) => `/${payload.name} ${name}`);
  return names.length > 0 ? names : [`/${payload.name}`];
});

/** Those of a command and of its subcommands. */
function optionsOf({ options, commands: inner }: CommandUnknownOpts): string[] {
  return [...options.flatMap(({ long }) => long ?? []), ...inner.flatMap(optionsOf)];
}

describe('README.md', () => {
  it('lists every variable in the order of the code, and no other', () => {
    expect(firstCells(section('README.md', 'Configuration'))).toEqual(variableNames);
  });

  it('tells the defaults', () => {
    const rows = [...section('README.md', 'Configuration').matchAll(/^\| `(\w+)` +\|.*\| `([^`]+)` +\|$/gm)];
    const told = Object.fromEntries(rows.map(([, name, value]) => [name, value]));
    expect(Object.keys(told).length).toBeGreaterThan(8);
    expect(parseConfig(told)).toEqual(parseConfig({}));
  });

  it('lists every command of Discord and of the terminal, and no other', () => {
    const terminal = program.commands.map((command) => command.name());
    expect(terminal.length).toBeGreaterThan(2);
    expect(firstCells(section('README.md', 'Commands')).sort()).toEqual([...slashNames, ...terminal].sort());
  });

  it.each(program.commands.map((command) => [command.name(), command] as const))(
    'tells every option of cli %s, and no other',
    (name, command) => {
      const row = section('README.md', 'Commands').match(new RegExp(`^\\| \`${name}\` .*$`, 'm'))?.[0] ?? '';
      const told = [...new Set([...row.matchAll(/--[a-z][a-z-]+/g)].map(([option]) => option))];
      expect(told.sort()).toEqual(optionsOf(command).sort());
    },
  );
});

describe('docs/operations.md', () => {
  it('says of each metric of ours what it counts and what to alert on', async () => {
    const { registry } = createMetrics();
    const all = registry.getMetricsAsArray().map(({ name }) => name);
    const told = firstCells(section('docs/operations.md', 'Monitoring')).map((name) => name.replace(/\{.*/, ''));
    const ours = all.filter((name) => name.startsWith('tidewatch_'));
    expect(ours.length).toBeGreaterThan(2);
    expect([...new Set(told.filter((name) => name.startsWith('tidewatch_')))].sort()).toEqual(ours.sort());
    expect(told.filter((name) => !all.includes(name))).toEqual([]);
  });

  it('says what each check of the doctor looks at, in their order', () => {
    const names = checks.map(({ name }) => name.replace(/^Whop: .*/, 'Whop: …'));
    const told = firstCells(section('docs/operations.md', 'When something is wrong'));
    expect(told).toEqual([...new Set(names)]);
  });
});

describe('docs/metrics.md', () => {
  let testDatabase: TestDatabase;
  let made: Report[];

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const { database } = testDatabase;
    const about = { companyId: 'biz_none', period: '30d', memberId: 'user_none' } as const;
    const question = { ...about, now: Date.UTC(2026, 5, 1) };
    const sources = { database, settings: parseConfig({}).company };
    made = await Promise.all(Object.values(reports).map((make) => make(question, sources)));
  });
  afterAll(() => testDatabase.drop());

  it('defines every figure, table, column and series of every report', () => {
    const keys = made.flatMap(({ figures, tables, series }) => {
      const columns = tables.flatMap((table) => table.columns);
      return [...figures, ...tables, ...columns, ...series].map(({ key }) => key);
    });
    const defined = new Set([...read('docs/metrics.md').matchAll(/`([^`\s]+)`/g)].map(([, name]) => name));
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((key) => !defined.has(key))).toEqual([]);
  });

  it('calls each figure by its label', () => {
    const rows = new Set(
      [...read('docs/metrics.md').matchAll(/^\| `\w+` +\| ([^|]+?) +\|/gm)].map(([, label]) => label),
    );
    const labels = made.flatMap(({ figures }) => figures.map(({ label }) => label));
    expect(labels.filter((label) => !rows.has(label))).toEqual([]);
  });
});

describe('the pictures', () => {
  it('of README.md are those that npm run pictures takes, and no others', () => {
    const names = (file: string, pattern: RegExp) =>
      [...read(file).matchAll(pattern)].map(([, name = '']) => name).sort();
    const shown = names('README.md', /docs\/images\/([\w-]+\.png)/g);
    expect(shown).toEqual(names('test/support/pictures.ts', /file: '([\w-]+\.png)'/g));
    expect(shown).toEqual(readdirSync(join(root, 'docs/images')).sort());
  });
});

describe.skipIf(files.length === 0)('the documents', () => {
  it.each(documents)('%s links only to what is there', (file) => {
    const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((link) => !/^https?:/.test(link) && !isThere(file, link));
    expect(broken).toEqual([]);
  });

  it.each(documents)('%s names only scripts that npm has', (file) => {
    const told = [...read(file).matchAll(/npm run (?:--silent )?([a-z][\w:]*)/g)].map(([, name = '']) => name);
    expect(told.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toEqual([]);
  });

  it.each(documents)('%s names only commands that there are', (file) => {
    const known = new Set(slashNames.flatMap((name) => [name, name.split(' ')[0] ?? '']));
    const slash = [...read(file).matchAll(/`(\/[a-z]+)(?: ([a-z][a-z-]+))?\b[^`]*`/g)]
      .filter(([, name = '']) => known.has(name))
      .map(([, name = '', subcommand]) => (subcommand === undefined ? name : `${name} ${subcommand}`));
    expect(slash.filter((name) => !known.has(name))).toEqual([]);
    const terminal = [...read(file).matchAll(/`(?:npm run (?:--silent )?)?cli (?:-- )?([a-z]+)([^`]*)`/g)];
    const wrong = terminal.filter(([, name = '', rest = '']) => {
      const command = program.commands.find((one) => one.name() === name);
      const options = [...rest.matchAll(/--[a-z-]+/g)].map(([option]) => option);
      return command === undefined || options.some((option) => !optionsOf(command).includes(option));
    });
    expect(wrong.map(([span]) => span)).toEqual([]);
  });

  it.each(documents)('%s names only files that are there', (file) => {
    const paths = /`((?:src|commands|prisma|test|docs)\/[\w./-]+)`/g;
    const told = [...read(file).matchAll(paths)].map(([, path = '']) => path);
    expect(told.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

/** A file, or a heading of one. */
function isThere(from: string, link: string): boolean {
  const [path = '', heading] = link.split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || headings(target).includes(heading);
}

/** As GitHub makes anchors of them. */
function headings(file: string): string[] {
  const lines = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text);
  return lines.map((text) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe.skipIf(files.length === 0)('what is published', () => {
  it('speaks of itself alone, not of how it was made', () => {
    // Put together here, so that this file doesn't hold what it looks for.
    const folders = [['..', 'shared'].join('/'), ['', 'work', ''].join('/')];
    const pattern = new RegExp(`(?:^|[\\s("'\`=:])(?:${folders.join('|')})|(?:^|[\\s(])#\\d+\\b`, 'm');
    const isText = (file: string) => !/\.(png|woff2?|ico)$/.test(file) && file !== 'package-lock.json';
    const found = files.filter(isText).flatMap((file) => {
      const [match] = pattern.exec(read(file)) ?? [];
      return match === undefined ? [] : [`${file}: ${match.trim()}`];
    });
    expect(found).toEqual([]);
  });
});

describe('docs/privacy.md', () => {
  const tables = [...read('prisma/schema.prisma').matchAll(/@@map\("(\w+)"\)/g)].map(([, table = '']) => table);

  it.each(tables)('says what %s holds, and how it is deleted', (table) => {
    expect(read('docs/privacy.md')).toContain(`\`${table}\``);
    expect(read('docs/privacy.md')).toContain(`delete from ${table} where company_id`);
  });
});
