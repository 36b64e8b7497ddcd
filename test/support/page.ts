import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

const require = createRequire(import.meta.url);
const axe = require.resolve('axe-core/axe.min.js');

export type OpenPage = {
  page: Page;
  /** What the browser complained about, and what it asked for elsewhere than on this machine. */
  troubles: string[];
};

/** The demo's page, watched. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en-US', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`)) troubles.push(`asked elsewhere: ${request.url()}`);
  });
  await page.goto(url);
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('button').first().waitFor();
  return { page, troubles };
}

type Violation = { id: string; impact: string | null; nodes: { html: string }[] };

/** What axe finds to be serious or worse. */
export async function expectAccessible(page: Page): Promise<void> {
  // Evaluated by the debugger: the page's own policy lets no script of somebody else's in.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    await page.evaluate(await readFile(axe, 'utf8'));
  }
  const violations: Violation[] = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) =>
      ({ id, impact, nodes: nodes.map(({ html }) => ({ html: html.slice(0, 200) })) })))`,
  );
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}
