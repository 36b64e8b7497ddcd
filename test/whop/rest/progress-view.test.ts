import { describe, expect, it } from 'vitest';
import type { BackfillProgress } from '../../../src/store/backfill-progress.ts';
import { backfillSummary, createProgressView } from '../../../src/whop/rest/progress-view.ts';
import { iso } from '../../support/whop/generation.ts';
import { companyId, noon } from '../../support/whop/sketch.ts';

const dayMs = 86_400_000;

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, write: (text: string) => written.push(text), written };
}

function progress(rowsRead: number, told: Partial<BackfillProgress> = {}): BackfillProgress {
  const open = { productId: null, cursor: 'next', rowsUnread: 0, startedAt: noon, finishedAt: null };
  return { companyId, resource: 'payments', rowsRead, ...open, ...told };
}

function page(...days: number[]) {
  return { rows: days.map((day) => ({ created_at: iso(noon + day * dayMs) })), next: null, askedAt: noon };
}

describe('on a terminal', () => {
  it('a bar fills as what is read comes closer to now', () => {
    const [output, errors] = [terminal(true), terminal(true)];
    const view = createProgressView(output, errors, noon + 100 * dayMs);
    view.onPage(progress(100), page(0, 25));
    view.onPage(progress(200), page(26, 50));
    view.onWait('payments', 'Whop answers 429', 1500);
    view.onPage(progress(1250, { finishedAt: noon }), page(90));
    expect(errors.written.map((text) => text.replace('\r\x1b[K', ''))).toEqual([
      'payments    ██████░░░░░░░░░░░░░░░░░░ 100 rows',
      'payments    ████████████░░░░░░░░░░░░ 200 rows',
      'payments: Whop answers 429, waiting 2 s',
      'payments    ████████████████████████ 1,250 rows\n',
    ]);
    expect(output.written).toEqual([]);
  });

  it('what comes after a bar that is cut short begins a line of its own', () => {
    const errors = terminal(true);
    const view = createProgressView(terminal(true), errors, noon);
    view.onPage(progress(100), page(0));
    view.end();
    expect(errors.written.at(-1)).toBe('\n');
    view.onPage(progress(200, { finishedAt: noon }), page(1));
    view.end();
    expect(errors.written.at(-1)).toMatch(/200 rows\n$/);
  });

  it('a bar stays empty where the rows don’t say how old they are', () => {
    const errors = terminal(true);
    const view = createProgressView(terminal(true), errors, noon);
    view.onPage(progress(1), { rows: [{}], next: 'more', askedAt: noon });
    expect(errors.written.join()).toContain('░'.repeat(24));
  });
});

describe('elsewhere', () => {
  it('there is a line for each list, and for what takes long', () => {
    const [output, errors] = [terminal(false), terminal(false)];
    const view = createProgressView(output, errors, noon);
    view.onPage(progress(100), page(0));
    view.onWait('payments', 'Whop answers 500', 4999);
    view.onWait('payments', 'Whop answers 429', 5000);
    view.onPage(progress(101, { finishedAt: noon }), page(1));
    expect(output.written).toEqual(['payments: Whop answers 429, waiting 5 s\n', 'payments: 101 rows\n']);
    expect(errors.written).toEqual([]);
  });
});

describe('the summary', () => {
  it('counts what was read, and what had to be left out', () => {
    expect(backfillSummary([progress(1250), progress(3, { resource: 'refunds' })])).toBe(
      'Complete: payments 1,250, refunds 3.\n',
    );
    expect(backfillSummary([progress(1250, { rowsUnread: 1 })])).toMatch(/Left out, .* 1 row\.\n$/);
  });
});
