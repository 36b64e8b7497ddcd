import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { migrationNames, migrationScript, migrationsDir } from '../src/store/migrate.ts';

// Prisma's schema engine as WebAssembly: the one that its CLI would download, without the download.

declare global {
  // TypeScript has it among the browser's types only.
  namespace WebAssembly {
    function instantiate(
      bytes: Uint8Array,
      imports: Record<string, Record<string, unknown>>,
    ): Promise<{ instance: { exports: Record<string, unknown> } }>;
  }
}

const prismaDir = dirname(fileURLToPath(import.meta.url));
const schemaFile = join(prismaDir, 'schema.prisma');

const filters: wasm.SchemaFilter = { externalTables: [], externalEnums: [] };

const charType = pg.types.builtins.CHAR;
const textType = pg.types.builtins.TEXT;

let loaded: Promise<void> | undefined;

/** The SQL that leads from what the database has to what schema.prisma describes; '' where they agree. */
export function schemaDifference(pool: pg.Pool): Promise<string> {
  return withEngine(pool, async (engine) => {
    const files = [{ path: schemaFile, content: await readFile(schemaFile, 'utf8') }];
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prismaDir },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    });
    // Where there is no difference the engine writes a comment that says so.
    return stdout === null || stdout.startsWith('-- This is an empty migration') ? '' : stdout;
  });
}

/** What `prisma migrate` would make of the record of migrations that it finds in the database. */
export function migrationDiagnosis(pool: pg.Pool): Promise<wasm.DiagnoseMigrationHistoryOutput> {
  return withEngine(pool, async (engine) =>
    engine.diagnoseMigrationHistory({ migrationsList: await migrationList(), optInToShadowDatabase: false, filters }),
  );
}

async function migrationList(): Promise<wasm.MigrationList> {
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(migrationsDir, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      (await migrationNames()).map(async (path) => {
        const value = await migrationScript(path);
        return { path, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } } };
      }),
    ),
  };
}

async function withEngine<T>(pool: pg.Pool, work: (engine: wasm.SchemaEngine) => Promise<T>): Promise<T> {
  loaded ??= load();
  await loaded;
  const factory = new PrismaPg(charsAsText(pool));
  const adapter = bindMigrationAwareSqlAdapterFactory({
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => charsAsChars(await factory.connect()),
    connectToShadowDb: () => factory.connectToShadowDb(),
  });
  const schema = await readFile(schemaFile, 'utf8');
  const engine = await wasm.SchemaEngine.new({ datamodels: [[schemaFile, schema]] }, () => undefined, adapter);
  return work(engine).finally(() => engine.free());
}

async function load(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(glue.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...wasm } });
  wasm.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start === 'function') start();
}

// Prisma's adapter refuses the type "char", which the catalogue that the engine reads is full of. So it is shown text
// in its place, and the columns are given back their type afterwards.
const charColumns = new WeakMap<object, number[]>();

function charsAsText(pool: pg.Pool): pg.Pool {
  return new Proxy(pool, {
    get(target, property) {
      if (property !== 'query') return Reflect.get(target, property);
      return async (config: pg.QueryConfig) => {
        const result = await target.query(config);
        const fields = result.fields ?? [];
        charColumns.set(
          result.rows,
          fields.flatMap((field, index) => (field.dataTypeID === charType ? [index] : [])),
        );
        for (const field of fields) if (field.dataTypeID === charType) field.dataTypeID = textType;
        return result;
      };
    },
  });
}

function charsAsChars(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.rows) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}
