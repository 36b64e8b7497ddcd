import type { Report, Table } from '../reports/report.ts';

const note = 'Who the affiliates are is shown in your staff channel alone, or where none is chosen to the asker alone.';

/** Whether a report tells of affiliates one by one. */
export function namesAffiliates({ tables }: Report): boolean {
  return tables.some(isOfAffiliates);
}

/** The same report without who the affiliates are: what they brought together. */
export function withoutAffiliateNames(report: Report): Report {
  const tables = report.tables.map((table) => (isOfAffiliates(table) ? summed(table) : table));
  return { ...report, tables, notes: [...report.notes, note] };
}

function isOfAffiliates({ key, rows }: Table): boolean {
  return key === 'affiliates' && rows.length > 0;
}

function summed(table: Table): Table {
  const sum = (key: string) => {
    const values = table.rows.map((row) => row[key]);
    return values.every((value) => typeof value === 'number') ? values.reduce((all, value) => all + value, 0) : null;
  };
  const row = { affiliate: 'All together', currency: 'USD', customers: sum('customers') };
  return { ...table, rows: [{ ...row, gross_revenue: sum('gross_revenue') }] };
}
