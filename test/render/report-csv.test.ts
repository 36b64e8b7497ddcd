import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportCsv } from '../../src/render/report-csv.ts';
import type { Report } from '../../src/reports/report.ts';

const span = { start: '2026-05-01T00:00:00.000Z', end: '2026-06-01T00:00:00.000Z' };

function report(changes: Partial<Report> = {}): Report {
  return {
    name: 'revenue',
    company: { id: 'biz_1', name: 'Club' },
    asOf: '2026-06-01T12:00:00.000Z',
    timeZone: 'UTC',
    currency: 'USD',
    period: { name: 'month', ...span },
    previous: null,
    figures: [],
    tables: [],
    series: [],
    notes: [],
    ...changes,
  };
}

function table(rows: Record<string, string | number | null>[], columns: { key: string; unit: string }[]) {
  return { key: 'people', title: 'People', columns: columns.map((one) => ({ ...one, label: one.key })), rows };
}

/** A reader of RFC 4180 that knows nothing of how we write. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain = '', end] of text.matchAll(pattern)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== '\r\n') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const fileOf = (one: Report, name: string) => reportCsv(one).find((file) => file.name === name)?.text;

describe('a report as CSV', () => {
  it('is a file of figures, one for each table, and one of what is told by day', () => {
    const made = report({
      figures: [
        { key: 'mrr', label: 'MRR', unit: 'money', value: 123_45, previous: -5, unavailable: undefined },
        { key: 'nrr', label: 'NRR', unit: 'ratio', value: null, previous: 0.5, unavailable: 'nobody, yet' },
      ].map(({ unavailable, ...figure }) => ({ ...figure, ...(unavailable && { unavailable }) })) as Report['figures'],
      tables: [
        table(
          [{ name: 'Ada', mrr: 999 }],
          [
            { key: 'name', unit: 'text' },
            { key: 'mrr', unit: 'money' },
          ],
        ),
      ],
      series: [
        { key: 'mrr', label: 'MRR', unit: 'money', points: [{ day: '2026-05-01', value: 100 }] },
        { key: 'members', label: 'Members', unit: 'count', points: [{ day: '2026-05-02', value: 3 }] },
      ],
    });
    expect(reportCsv(made).map(({ name }) => name)).toEqual([
      'revenue-figures.csv',
      'revenue-people.csv',
      'revenue-series.csv',
    ]);
    const [, mrr, nrr] = parse(fileOf(made, 'revenue-figures.csv') ?? '');
    expect(mrr?.slice(0, 7)).toEqual(['mrr', 'MRR', 'money', '123.45', '-0.05', 'USD', '']);
    expect(nrr?.slice(0, 7)).toEqual(['nrr', 'NRR', 'ratio', '', '0.5', '', 'nobody, yet']);
    expect(fileOf(made, 'revenue-people.csv')).toBe('name,mrr,currency\r\nAda,9.99,USD\r\n');
    expect(fileOf(made, 'revenue-series.csv')).toBe('day,mrr,members\r\n2026-05-01,1,\r\n2026-05-02,,3\r\n');
  });

  it('has each amount in the digits of its own currency', () => {
    const columns = [
      { key: 'gross', unit: 'money' },
      { key: 'currency', unit: 'text' },
    ];
    const rows = ['USD', 'JPY', 'KWD'].map((currency) => ({ gross: 1234, currency }));
    const text = fileOf(report({ tables: [table(rows, columns)] }), 'revenue-people.csv');
    expect(text).toBe('gross,currency\r\n12.34,USD\r\n1234,JPY\r\n1.234,KWD\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("http://x";"y")'])(
    'keeps %j from being a formula',
    (name) => {
      const text = fileOf(
        report({ tables: [table([{ name }], [{ key: 'name', unit: 'text' }])] }),
        'revenue-people.csv',
      );
      expect(parse(text ?? '')[1]).toEqual([`'${name}`]);
    },
  );

  it('brings every text back as it was, but for the apostrophe before what would be a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string()), { minLength: 1 }), (pairs) => {
        const rows = pairs.map(([a, b]) => ({ a, b }));
        const columns = ['a', 'b'].map((key) => ({ key, unit: 'text' }));
        const cells = parse(fileOf(report({ tables: [table(rows, columns)] }), 'revenue-people.csv') ?? '').slice(1);
        expect(cells.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')))).toEqual(
          pairs.map((pair) => pair.map((text) => text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''))),
        );
        for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});
