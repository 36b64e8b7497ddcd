import type { Pool } from 'pg';

/** The tables that facts stand in. */
export const factTables = [
  ...['company', 'product', 'plan', 'customer', 'membership'],
  ...['membership_change', 'payment', 'refund', 'dispute'],
  ...['promo_code', 'affiliate', 'waitlist_entry', 'review'],
];

/** Every row of the tables as text, byte for byte, in an order that doesn't depend on how they came. */
export async function dumpTables(pool: Pool, tables: readonly string[] = ['inbox', ...factTables]): Promise<string> {
  const dumps: string[] = [];
  for (const table of tables) {
    const { rows } = await pool.query<{ line: string }>(`select t::text as line from ${table} t order by 1`);
    dumps.push(...rows.map(({ line }) => `${table} ${line}`));
  }
  return dumps.join('\n');
}

export async function emptyTables(pool: Pool): Promise<void> {
  await pool.query(['inbox', ...factTables].map((table) => `delete from ${table}`).join('; '));
}

export async function readTable(pool: Pool, table: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query(`select * from ${table} order by 1, 2`);
  return rows;
}
