import { pino } from 'pino';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { company } from '../../src/demo/catalogue.ts';
import { channels } from '../../src/demo/screen/sample-server.ts';
import { openStore } from '../../src/store/open-store.ts';
import { amend, enqueue } from '../../src/store/outbox.ts';
import { noBrowser, openBrowser } from '../support/browser.ts';
import { type RunningDemo, startDemo } from '../support/demo.ts';
import { expectAccessible, type OpenPage, openPage } from '../support/page.ts';

const now = Date.UTC(2026, 5, 15, 18, 30);
const browser = await openBrowser();

type Sizes = { scrollWidth: number; scrollHeight: number };

if (browser === null) {
  it('is tested in a browser', (context) => {
    if (process.env.CI !== undefined) throw new Error(noBrowser);
    context.skip(noBrowser);
  });
}

describe.runIf(browser !== null)('the demo’s page', () => {
  let demo: RunningDemo;
  const opened: OpenPage[] = [];

  beforeAll(async () => {
    demo = await startDemo(now);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await demo.stop();
  });
  afterEach(async () => {
    for (const { page, troubles } of opened.splice(0)) {
      await page.context().close();
      expect(troubles).toEqual([]);
    }
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    if (browser === null) throw new Error(noBrowser);
    const one = await openPage(browser, demo.url, options);
    opened.push(one);
    return one.page;
  }

  const line = (page: Page) => page.getByRole('combobox');
  const offers = (page: Page) => page.getByRole('option');
  const answers = (page: Page) => page.getByRole('article');

  async function ask(page: Page, text: string): Promise<void> {
    await line(page).fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
  }

  /** A figure as the answer shows it, without how it moved. */
  async function figure(page: Page, label: string): Promise<string> {
    const term = answers(page)
      .last()
      .locator('dt', { hasText: new RegExp(`^${label}$`) });
    const text = await term.locator('xpath=following-sibling::dd').textContent();
    return text?.split('\n')[0] ?? '';
  }

  /** The same as the terminal has it. */
  function reported(label: string): string {
    return new RegExp(`^${label} {2,}(.+?)(?: {2,}|$)`, 'm').exec(demo.said)?.[1] ?? 'not reported';
  }

  it('offers commands as they are typed, and answers with the figures of the report', async () => {
    const page = await open();
    await line(page).pressSequentially('/stats rev');
    await expect
      .poll(() => offers(page).allInnerTexts())
      .toEqual(['/stats revenue\nWhat came in, what recurs, and on which plans']);
    await offers(page).first().click();
    await expect.poll(() => line(page).inputValue()).toBe('/stats revenue ');
    await page.keyboard.press('Enter');
    await answers(page).getByRole('heading', { name: 'Revenue · Golden Hour Club' }).waitFor();
    for (const label of ['MRR', 'Net revenue', 'Paying customers', 'ARR']) {
      expect(await figure(page, label), label).toBe(reported(label));
    }
    expect(reported('MRR')).toMatch(/\d/);
    const chart = page.getByRole('img', { name: 'Revenue: Last 30 days: May 17 – Jun 15, 2026 (UTC)' });
    await chart.waitFor();
    expect(await page.evaluate(`document.querySelector('.picture').decode()`)).toBeUndefined();
  });

  it('changes the period by a button, and says which it is', async () => {
    const page = await open();
    await ask(page, '/stats revenue');
    const thirty = page.getByRole('button', { name: '30 days', exact: true });
    await thirty.waitFor();
    expect(await thirty.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: '90 days' }).click();
    await page.getByText('Last 90 days').first().waitFor();
    expect(await page.getByRole('button', { name: '90 days' }).getAttribute('aria-disabled')).toBe('true');
    expect(await figure(page, 'MRR')).toBe(reported('MRR'));
    expect(await figure(page, 'Net revenue')).not.toBe(reported('Net revenue'));
    expect(await answers(page).count()).toBe(1);
  });

  it('can be used by keyboard alone', async () => {
    const page = await open();
    await page.keyboard.type('/');
    await expect.poll(() => offers(page).count()).toBeGreaterThan(5);
    await page.keyboard.type('stats mem');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => line(page).inputValue()).toBe('/stats members period:');
    await expect.poll(() => offers(page).allInnerTexts()).toContain('Last week');
    await page.keyboard.type('last m');
    await expect.poll(() => offers(page).count()).toBe(1);
    await page.keyboard.press('Enter');
    await expect.poll(() => line(page).inputValue()).toBe('/stats members period:Last month ');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByText('Last complete month').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Last week');
    await page.keyboard.press('Enter');
    await page.getByText('Last complete week').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Last week');
  });

  it('marks what only the asker sees, and keeps for everybody what is public', async () => {
    const page = await open();
    await ask(page, '/help');
    await page.getByText('Only you can see this').waitFor();
    await ask(page, '/stats members public:True');
    await expect.poll(() => answers(page).count()).toBe(2);
    await page.getByRole('heading', { name: 'Members · Golden Hour Club' }).waitFor();
    expect(await page.getByText('Only you can see this').count()).toBe(1);
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    expect(await answers(page).count()).toBe(1);
    await page.reload();
    await page.getByRole('heading', { name: 'Members · Golden Hour Club' }).waitFor();
    const other = await open();
    await other.getByRole('heading', { name: 'Members · Golden Hour Club' }).waitFor();
  });

  it('suggests plans while one is typed, and counts that one alone', async () => {
    const page = await open();
    await line(page).pressSequentially('/stats revenue plan:inn');
    await expect.poll(() => offers(page).allInnerTexts()).toEqual(['Inner Circle']);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => answers(page).last().textContent()).toContain('Inner Circle');
    expect(await figure(page, 'Paying customers')).not.toBe(reported('Paying customers'));
  });

  it.each([
    ['/stats nothing', 'There is no such command'],
    ['/stats revenue period:9 years', '“9 years” is no choice for “period”'],
    ['good morning', 'Nobody else is here to read this'],
  ])('says kindly what is wrong with “%s”', async (text, problem) => {
    const page = await open();
    const before = await page.getByText('You used').count();
    await ask(page, text);
    expect(await page.getByRole('alert').textContent()).toContain(problem);
    expect(await page.getByText('You used').count()).toBe(before);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds serious, in %s', async (colorScheme) => {
    const page = await open({ colorScheme });
    await ask(page, '/stats subscriptions');
    await page.getByRole('heading', { name: 'Subscriptions · Golden Hour Club' }).waitFor();
    await line(page).pressSequentially('/stats ');
    await expect.poll(() => offers(page).count()).toBeGreaterThan(4);
    await expectAccessible(page);
  });

  it('fits on a phone', async () => {
    const page = await open({ viewport: { width: 360, height: 740 }, isMobile: true });
    await ask(page, '/stats revenue');
    await page.getByRole('heading', { name: 'Revenue · Golden Hour Club' }).waitFor();
    const { scrollWidth, scrollHeight } = await page.evaluate<Sizes>(
      '({ scrollWidth: document.body.scrollWidth, scrollHeight: document.body.scrollHeight })',
    );
    expect([scrollWidth, scrollHeight]).toEqual([360, 740]);
    await expectAccessible(page);
  });

  it('plays the community’s future: its webhooks arrive while the date runs, and figures follow', async () => {
    const page = await open();
    const deliveries = async () => {
      await ask(page, '/status');
      await expect.poll(() => answers(page).last().textContent()).toContain('Deliveries');
      const count = Number((await figure(page, 'Deliveries')).replaceAll(',', ''));
      await page.getByRole('button', { name: 'Dismiss message' }).click();
      return count;
    };
    const before = await deliveries();
    expect(await page.locator('#now').textContent()).toContain('Jun 15, 2026');
    await page.getByRole('slider', { name: 'Speed' }).fill('6');
    await page.getByText('a week a second').waitFor();
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => page.locator('#now').textContent(), { timeout: 20_000 }).toContain('Jul');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await deliveries()).toBeGreaterThan(before + 100);
    await ask(page, '/stats revenue');
    await expect.poll(() => answers(page).last().textContent()).toContain('As of Jul');
    expect(await figure(page, 'MRR')).not.toBe(reported('MRR'));

    await page.getByRole('button', { name: /^digest\b.* new$/ }).click();
    const digest = answers(page).filter({ hasText: 'Last complete week: Jun 15 – 21, 2026 (UTC)' });
    await digest.waitFor();
    expect(await digest.textContent()).not.toContain('By person');
    await page.getByRole('button', { name: /^staff\b.* new$/ }).click();
    await answers(page)
      .first()
      .getByRole('button', { name: /Contacted/ })
      .first()
      .waitFor();
  });

  it('shows in its channel what the bot posts by itself, at once, and what becomes of it', async () => {
    const page = await open();
    const store = await openStore({ databaseUrl: null, dataDir: demo.dataDir }, pino({ level: 'silent' }));
    const alert = { companyId: company.id, key: 'test alert' };
    const post = { ...alert, channelId: channels.staff.id, message: { embeds: [{ title: 'Up: lars\\_1v' }] } };
    try {
      await enqueue(store.pool, post);
      await page.getByRole('button', { name: /^staff\b.* new$/ }).click();
      await page.getByRole('heading', { name: 'Up: lars_1v' }).waitFor();
      await amend(store.pool, { ...alert, message: { embeds: [{ title: 'All is well again' }] } });
      await page.getByRole('heading', { name: 'All is well again' }).waitFor();
      expect(await page.getByRole('heading', { name: 'Up: lars_1v' }).count()).toBe(0);
    } finally {
      await store.stop();
    }
  });

  it('tells staff by itself what happens as time passes, and keeps what they did about it', async () => {
    const page = await open();
    const staff = page.getByRole('button', { name: /^staff/ });
    const unread = async () => Number(/\d+/.exec((await staff.textContent()) ?? '')?.[0] ?? 0);
    const before = await unread();
    expect(before).toBeGreaterThan(2);
    await page.getByRole('slider', { name: 'Speed' }).fill('4');
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(unread, { timeout: 30_000 }).toBeGreaterThan(before);
    await page.getByRole('button', { name: 'Pause' }).click();
    await staff.click();
    const alert = answers(page)
      .filter({ has: page.getByRole('button', { name: 'Contacted', exact: true }) })
      .last();
    await alert.getByRole('button', { name: 'Contacted', exact: true }).click();
    await expect.poll(() => alert.textContent()).toContain('Contacted by');
    await expectAccessible(page);
  });

  it('posts the digest of the week in its channel, with a chart', async () => {
    const page = await open();
    await page.getByRole('button', { name: /^digest\b.* new$/ }).click();
    const digest = answers(page).first();
    await digest.getByRole('heading', { name: 'Weekly digest · Golden Hour Club' }).waitFor();
    await digest.getByRole('img').waitFor();
    expect(await digest.textContent()).toContain('At risk');
  });

  it('is for this machine alone', async () => {
    const refused = await fetch(`${demo.url}/pace`, {
      method: 'POST',
      headers: { origin: 'https://example.com', 'content-type': 'application/json' },
      body: '{"speed":0}',
    });
    expect(refused.status).toBe(403);
    const { headers } = await fetch(demo.url);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
  });
});
