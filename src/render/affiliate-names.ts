import type { Report, Table } from '../reports/report.ts';

const note = 'Who the affiliates are is shown in your staff channel alone, or where none is chosen to the asker alone.';

/** The same report without who the affiliates are: what they brought together. */
export function withoutAffiliateNames(report: Report): Report {
  const affiliates = report.tables.find(({ key }) => key === 'affiliates');
  if (affiliates === undefined || affiliates.rows.length === 0) return report;
  const tables = report.tables.map((table) => (table === affiliates ? summed(table) : table));
  return { ...report, tables, notes: [...report.notes, note] };
}

function summed(table: Table): Table {
  const sum = (key: string) => {
    const values = table.rows.map((row) => row[key]);
    return values.every((value) => typeof value === 'number') ? values.reduce((all, value) => all + value, 0) : null;
  };
  const row = { affiliate: 'All together', currency: 'USD', customers: sum('customers') };
  return { ...table, rows: [{ ...row, gross_revenue: sum('gross_revenue') }] };
}
