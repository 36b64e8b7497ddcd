import { resolve } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { noBrowser, openBrowser } from './browser.ts';
import { startDemo } from './demo.ts';

/** Renders the pictures of the README from the sample community, so that they show what the bot really answers. */

const folder = resolve(import.meta.dirname, '../../docs/images');

/** The same every time, so that a picture differs only where an answer does. */
const now = Date.UTC(2026, 5, 15, 18, 30);

const desktop = { viewport: { width: 1100, height: 760 }, deviceScaleFactor: 1.5 };
const tall = { viewport: { width: 900, height: 1500 }, deviceScaleFactor: 1.5 };
const phone = { viewport: { width: 390, height: 800 }, deviceScaleFactor: 2, isMobile: true };

type Picture = {
  file: string;
  /** What is asked first, if anything is. */
  ask?: string;
  /** In which channel, where that isn't the first. */
  channel?: RegExp;
  options: BrowserContextOptions;
  /** What of the page is shown; all of it where nothing is named. */
  part?: string;
  afterwards?: (page: Page) => Promise<void>;
};

const pictures: readonly Picture[] = [
  {
    file: 'digest.png',
    ask: '/digest preview',
    channel: /^staff/,
    options: { ...tall, colorScheme: 'dark' },
    part: '.embed',
  },
  {
    file: 'alerts.png',
    options: { ...tall, colorScheme: 'dark' },
    part: '#log',
    afterwards: async (page) => {
      await page.getByRole('button', { name: /^staff/ }).click();
      await page.getByRole('button', { name: 'Contacted' }).first().waitFor();
    },
  },
  { file: 'channel-dark.png', ask: '/stats revenue period:90 days', options: { ...desktop, colorScheme: 'dark' } },
  { file: 'channel-light.png', ask: '/stats revenue period:90 days', options: { ...desktop, colorScheme: 'light' } },
  { file: 'members-phone.png', ask: '/stats members period:90 days', options: { ...phone, colorScheme: 'dark' } },
  { file: 'retention-phone.png', ask: '/stats retention', options: { ...phone, colorScheme: 'light' } },
  {
    file: 'typing-phone.png',
    ask: '/help',
    options: { ...phone, colorScheme: 'dark' },
    afterwards: async (page) => {
      await page.getByRole('combobox').pressSequentially('/stats re');
      await page.getByRole('option').first().waitFor();
    },
  },
];

async function main(): Promise<void> {
  const browser = await openBrowser();
  if (browser === null) throw new Error(noBrowser);
  const demo = await startDemo(now);
  try {
    for (const { file, ask, channel, options, part, afterwards } of pictures) {
      const context = await browser.newContext({ timezoneId: 'UTC', locale: 'en-US', ...options });
      const page = await context.newPage();
      await page.goto(demo.url);
      if (channel !== undefined) await page.getByRole('button', { name: channel }).click();
      if (ask !== undefined) await answered(page, ask);
      await afterwards?.(page);
      const shown = part === undefined ? page : page.locator(part).last();
      await shown.screenshot({ path: `${folder}/${file}`, animations: 'disabled', caret: 'hide' });
      process.stdout.write(`docs/images/${file}\n`);
      await context.close();
    }
  } finally {
    await browser.close();
    await demo.stop();
  }
}

/** Asks, and waits for the answer and its charts. */
async function answered(page: Page, ask: string): Promise<void> {
  await page.getByRole('combobox').fill(ask);
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('button', { name: 'Dismiss message' }).waitFor();
  await page.evaluate(`Promise.all([...document.querySelectorAll('.picture')].map((image) => image.decode()))`);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

await main();
