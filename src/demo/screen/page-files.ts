import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

export type PageFile = { type: string; bytes: Buffer };

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

const require = createRequire(import.meta.url);
const inter = join(dirname(require.resolve('@fontsource/inter/400.css')), 'files');

/** All that the page consists of, by its address: nothing else of the machine's can be asked for. */
export function readPageFiles(): ReadonlyMap<string, PageFile> {
  const folder = join(import.meta.dirname, '..', 'page');
  const own = readdirSync(folder)
    .filter((file) => extname(file) in types)
    .map((file): [string, string] => [file === 'index.html' ? '/' : `/${file}`, join(folder, file)]);
  const fonts = [400, 600].flatMap((weight) =>
    ['latin', 'latin-ext'].map((script): [string, string] => {
      const file = `inter-${script}-${weight}-normal.woff2`;
      return [`/fonts/${file}`, join(inter, file)];
    }),
  );
  const emoji: [string, string] = ['/fonts/twemoji.woff2', require.resolve('twemoji-colr-font/twemoji.woff2')];
  return new Map([...own, ...fonts, emoji].map(([address, file]) => [address, read(file)]));
}

function read(file: string): PageFile {
  return { type: types[extname(file)] ?? 'application/octet-stream', bytes: readFileSync(file) };
}
