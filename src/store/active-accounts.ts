import type { Pool } from 'pg';
import type { Day } from '../domain/calendar.ts';
import type { AccountSet } from '../domain/engagement/account-set.ts';
import { groupBy } from '../domain/group-by.ts';

type Queryable = Pick<Pool, 'query'>;

/** A row has 4096 accounts. */
const bytesPerBlock = 4096 / 8;

/** In front of a set, Postgres sends how many bits it has. */
const lengthBytes = 4;

type BlockRow = { block: number; accounts: Buffer };

/** The accounts that were active on each whole local day, from one to another. */
export async function readActiveAccounts(
  database: Queryable,
  { companyId, first, last }: { companyId: string; first: Day; last: Day },
): Promise<Map<Day, AccountSet>> {
  const { rows } = await database.query<BlockRow & { day: Day }>(
    `select day::text as day, block, bit_send(accounts) as accounts from activity_people
     where company_id = $1 and day between $2 and $3 and platform = '' and channel_id = ''`,
    [companyId, first, last],
  );
  return new Map([...groupBy(rows, ({ day }) => day)].map(([day, blocks]) => [day, setOf(blocks)]));
}

function setOf(blocks: readonly BlockRow[]): AccountSet {
  const set = new Uint8Array((Math.max(...blocks.map(({ block }) => block)) + 1) * bytesPerBlock);
  for (const { block, accounts } of blocks) set.set(accounts.subarray(lengthBytes), block * bytesPerBlock);
  return set;
}
