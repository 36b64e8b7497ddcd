import type { Pool } from 'pg';
import type { Day, Span } from '../domain/calendar.ts';
import { type AccountSet, unite } from '../domain/engagement/account-set.ts';
import { groupBy } from '../domain/group-by.ts';

type Queryable = Pick<Pool, 'query'>;

const accountsPerBlock = 4096;
const bytesPerBlock = accountsPerBlock / 8;

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

/** Those that were active within any span, found in the activities themselves. */
export async function findActiveAccounts(
  database: Queryable,
  companyId: string,
  { start, end }: Span,
): Promise<AccountSet> {
  const { rows } = await database.query<BlockRow>(
    `select account / ${accountsPerBlock} as block, bit_send(bit_or(
       set_bit(repeat('0', ${accountsPerBlock})::bit(${accountsPerBlock}), account % ${accountsPerBlock}, 1))) as accounts
     from (select distinct account from activity where company_id = $1 and at >= $2 and at < $3) present
     group by block`,
    [companyId, new Date(start), new Date(end)],
  );
  return setOf(rows);
}

function setOf(blocks: readonly BlockRow[]): AccountSet {
  return unite(
    blocks.map(({ block, accounts }) => {
      const set = new Uint8Array((block + 1) * bytesPerBlock);
      set.set(accounts.subarray(lengthBytes), block * bytesPerBlock);
      return set;
    }),
  );
}
