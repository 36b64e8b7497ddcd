import type { Pool } from 'pg';

/** The tables that facts stand in. */
export const factTables = [
  ...['company', 'product', 'plan', 'customer', 'membership'],
  ...['membership_change', 'membership_status', 'payment', 'refund', 'dispute'],
  ...['promo_code', 'affiliate', 'waitlist_entry', 'review'],
];

/** The tables of what follows from facts. */
export const bookTables = [
  ...['book', 'book_currency', 'book_flow', 'book_stock'],
  ...['book_day', 'book_kept', 'book_lifetime'],
];

const activityTables = [
  ...['activity', 'activity_day', 'activity_hour', 'activity_people', 'activity_book', 'account', 'channel'],
  ...['whop_channel', 'whop_reading', 'whop_reaction', 'account_link', 'account_unlink', 'account_lookup', 'link_code'],
];

/** Every row of the tables as text, byte for byte, in an order that doesn't depend on how they came. */
export async function dumpTables(
  pool: Pool,
  tables: readonly string[] = ['inbox', ...factTables, ...bookTables],
): Promise<string> {
  const dumps: string[] = [];
  for (const table of tables) {
    const { rows } = await pool.query<{ line: string }>(`select t::text as line from ${table} t order by 1`);
    for (const { line } of rows) dumps.push(`${table} ${line}`);
  }
  return dumps.join('\n');
}

/** The same of every table that there is. */
export async function dumpAll(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by table_name`,
  );
  return dumpTables(
    pool,
    rows.map(({ name }) => name).filter((name) => name !== '_prisma_migrations'),
  );
}

const alertTables = ['alert', 'alert_response', 'alert_settings', 'alert_mute'];

export async function emptyTables(pool: Pool): Promise<void> {
  await pool.query(
    ['inbox', ...factTables, ...bookTables, ...activityTables, ...alertTables]
      .map((table) => `delete from ${table}`)
      .join('; '),
  );
}

export async function readTable(pool: Pool, table: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool.query(`select * from ${table} order by 1, 2`);
  return rows;
}
