import { describe, expect, it } from 'vitest';
import { formatAsOf, formatChange, formatFigure, formatPeriod } from '../../src/render/format.ts';
import { outsideName } from '../../src/render/outside-name.ts';
import { reportMessage } from '../../src/render/report-message.ts';
import { reportText } from '../../src/render/report-text.ts';
import type { Figure, Report } from '../../src/reports/report.ts';

function figure(told: Partial<Figure>): Figure {
  return { key: 'mrr', label: 'MRR', unit: 'money', value: 0, previous: 0, ...told };
}

function report(told: Partial<Report> = {}): Report {
  return {
    name: 'revenue',
    company: { id: 'biz_1', name: 'Tide' },
    asOf: '2026-11-23T20:05:00.000Z',
    timeZone: 'Asia/Tokyo',
    currency: 'USD',
    period: { name: '30d', start: '2026-10-25T15:00:00.000Z', end: '2026-11-23T20:05:00.000Z' },
    previous: null,
    figures: [figure({ value: 123_456 })],
    tables: [],
    series: [],
    notes: [],
    ...told,
  };
}

describe('a figure', () => {
  it.each([
    [{ value: 123_456 }, 'USD', '$1,234.56'],
    [{ value: -50 }, 'USD', '-$0.50'],
    [{ value: 1500 }, 'JPY', '¥1,500'],
    [{ value: 1234 }, 'KWD', 'KWD 1.234'],
    [{ value: 12_345_678 }, 'BTC', 'BTC 0.12345678'],
    [{ value: 250 }, 'USDT', 'USDT 2.50'],
    [{ value: 1234, unit: 'count' }, 'USD', '1,234'],
    [{ value: 0.1234, unit: 'ratio' }, 'USD', '12.3%'],
    [{ value: null, unavailable: 'nobody pays' }, 'USD', 'not available: nobody pays'],
  ] as const)('%j in %s reads %s', (told, currency, text) => {
    expect(formatFigure(figure(told), currency)).toBe(text);
  });

  it('names each currency where there are several, and adds none up', () => {
    const both = figure({ value: 1000, otherCurrencies: [{ currency: 'MXN', amount: 20_000 }] });
    expect(formatFigure(both, 'USD')).toBe('USD 10.00 · MXN 200.00');
  });

  it.each([
    [{ value: 110, previous: 100 }, '▲ 10.0%'],
    [{ value: 90, previous: 100 }, '▼ 10.0%'],
    [{ value: 100, previous: 100 }, 'unchanged'],
    [{ value: 5, previous: 0 }, '▲ from 0'],
    [{ value: 0, previous: -100 }, '▲ 100.0%'],
    [{ value: 0.25, previous: 0.2, unit: 'ratio' }, '▲ 5.0 points'],
    [{ value: 5, previous: null }, ''],
    [{ value: null, previous: 5 }, ''],
    [{ value: 100_051, previous: 100_000 }, '▲ 0.1%'],
    [{ value: 100_049, previous: 100_000 }, 'hardly changed'],
    [{ unit: 'ratio', value: 0.1006, previous: 0.1 }, '▲ 0.1 points'],
    [{ unit: 'ratio', value: 0.1004, previous: 0.1 }, 'hardly changed'],
  ] as const)('%j has changed: %s', (told, text) => {
    expect(formatChange(figure(told))).toBe(text);
  });
});

describe('a window', () => {
  it('is told in local days, with its zone', () => {
    expect(formatPeriod(report())).toBe('Last 30 days: Oct 26 – Nov 24, 2026 (Asia/Tokyo)');
    const week = { name: 'week', start: '2026-11-15T15:00:00.000Z', end: '2026-11-22T15:00:00.000Z' };
    expect(formatPeriod(report({ period: week }))).toBe('Last complete week: Nov 16 – 22, 2026 (Asia/Tokyo)');
  });

  it('has an as-of time', () => {
    expect(formatAsOf(report())).toBe('Nov 24, 2026, 05:05');
  });
});

describe('a name from outside', () => {
  it.each([
    ['*bold* _it_ `x`', '\\*bold\\* \\_it\\_ \\`x\\`'],
    ['[free](http://evil)', '\\[free](http://evil)'],
    ['# head', '\\# head'],
    ['<@123> <t:1:R>', '\\<@123> \\<t:1:R>'],
    ['a\u202eb\u2066c', 'abc'],
    ['line\nbreak\u0000', 'line break'],
  ])('%j is shown as %j', (name, shown) => {
    expect(outsideName(name)).toBe(shown);
  });

  it('is cut at whole characters', () => {
    expect(outsideName('👩‍💻👩‍💻👩‍💻', 2)).toBe('👩‍💻…');
  });
});

describe('a message', () => {
  const layout = { title: 'Revenue', headline: ['mrr'], groups: [], tables: ['revenue_by_plan'] };

  it('escapes every name, and refers to its picture', () => {
    const rows = [{ plan: '[x](y)', plan_id: 'plan_1', currency: 'EUR', mrr: 500 }];
    const columns = [
      { key: 'plan_id', label: 'Plan id', unit: 'text' },
      { key: 'plan', label: 'Plan', unit: 'text' },
      { key: 'mrr', label: 'MRR', unit: 'money' },
    ];
    const tables = [{ key: 'revenue_by_plan', title: 'Revenue by plan', columns, rows }];
    const named = report({ company: { id: 'biz_1', name: '**T**' }, tables });
    const { embeds, files } = reportMessage(named, layout, [Uint8Array.of(1)]);
    expect(embeds[0]?.title).toBe('Revenue · \\*\\*T\\*\\*');
    expect(embeds[0]?.fields?.[1]?.value).toBe('\\[x](y): MRR €5.00');
    expect(embeds[0]?.image?.url).toBe(`attachment://${files[0]?.name}`);
  });

  it('goes without a picture where there is none', () => {
    const { embeds, files } = reportMessage(report(), layout, [null]);
    expect(embeds[0]).not.toHaveProperty('image');
    expect(files).toEqual([]);
  });

  it('stays within Discord’s limits however much there is to say', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ plan: `Plan ${i} ${'x'.repeat(200)}`, mrr: i }));
    const columns = [{ key: 'plan', label: 'Plan', unit: 'text' }];
    const long = report({
      company: { id: 'biz_1', name: '*'.repeat(500) },
      tables: [{ key: 'revenue_by_plan', title: 'Revenue by plan', columns, rows: many }],
      notes: Array.from({ length: 20 }, () => 'n'.repeat(400)),
    });
    const [embed] = reportMessage(long, layout, [null]).embeds;
    expect(embed?.title?.length).toBeLessThanOrEqual(256);
    for (const { value } of embed?.fields ?? []) expect(value.length).toBeLessThanOrEqual(1024);
    expect(JSON.stringify(embed).length).toBeLessThanOrEqual(6000);
  });
});

describe('a terminal', () => {
  it('is told nothing that it would obey', () => {
    const text = reportText(report({ company: { id: 'biz_1', name: 'Ti\u001b[31mde\u202e\u0007' } }));
    expect(text).toContain('revenue · Ti [31mde');
    for (const control of ['\u0007', '\u001b', '\u202e']) expect(text).not.toContain(control);
  });
});
