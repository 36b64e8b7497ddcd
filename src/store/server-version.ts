import type { Pool } from 'pg';

/** Such as `16.2`. */
export async function readServerVersion(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ version: string }>(`select current_setting('server_version') as version`);
  return rows[0]?.version.split(' ')[0] ?? '';
}
