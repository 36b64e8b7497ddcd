import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { WrongChoice } from './domain/user-error.ts';

/**
 * The rows of a file whose first line names its columns, in any order; columns that nobody asks for are passed over.
 * A field may stand in double quotes and then hold commas and doubled quotes, but no line break.
 */
export async function readCsv<Shape extends z.ZodRawShape>(
  file: string,
  row: z.ZodObject<Shape>,
): Promise<z.infer<z.ZodObject<Shape>>[]> {
  const [head = '', ...lines] = (await readText(file)).replace(/^\uFEFF/, '').split(/\r?\n/);
  const fieldsIn = (text: string, line: number) => {
    const fields = fieldsOf(text);
    if (fields === null) throw wrongLine(file, line, 'a quote isn’t closed');
    return fields;
  };
  const names = fieldsIn(head, 1);
  const missing = Object.keys(row.shape).filter((column) => !names.includes(column));
  if (missing.length > 0) throw wrongLine(file, 1, `there is no column ${missing.join(', ')}`);
  return lines.flatMap((text, i) => {
    if (text.trim() === '') return [];
    const fields = fieldsIn(text, i + 2);
    if (fields.length !== names.length) throw wrongLine(file, i + 2, `${fields.length} fields, not ${names.length}`);
    const parsed = row.safeParse(Object.fromEntries(names.map((name, j) => [name, fields[j]])));
    if (parsed.success) return [parsed.data];
    const [issue] = parsed.error.issues;
    throw wrongLine(file, i + 2, `${issue?.path.join('.')}: ${issue?.message}`);
  });
}

function wrongLine(file: string, line: number, problem: string): WrongChoice {
  return new WrongChoice(`${file}, line ${line}: ${problem}.`);
}

/** Null where a quote is left open. */
function fieldsOf(line: string): string[] | null {
  if (!line.includes('"')) return line.split(',').map((field) => field.trim());
  const fields = [...line.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g)];
  if (fields.some(([, , plain = '']) => plain.startsWith('"'))) return null;
  return fields.map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain.trim());
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new WrongChoice(`${file} can’t be read (${code}).`);
  }
}
