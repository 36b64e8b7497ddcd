import type { Json } from '../../../../src/ingest/delivery.ts';

/** Rows from the oldest on, made when they are asked for. */
export type Rows = { readonly count: number; at(index: number): Json };

/** Newer lists want the company as `account_id`; some are of a product, a channel or an experience instead. */
export const companyParameters = {
  products: 'account_id',
  plans: 'account_id',
  members: 'company_id',
  memberships: 'company_id',
  payments: 'company_id',
  refunds: 'company_id',
  disputes: 'company_id',
  promo_codes: 'company_id',
  affiliates: 'company_id',
  entries: 'company_id',
  reviews: 'product_id',
  chat_channels: 'company_id',
  forums: 'company_id',
  messages: 'channel_id',
  forum_posts: 'experience_id',
} as const;

export type ListName = keyof typeof companyParameters;

export function isListName(name: string): name is ListName {
  return Object.hasOwn(companyParameters, name);
}

export function rowsOf(rows: readonly Json[]): Rows {
  return { count: rows.length, at: (index) => rows[index] ?? null };
}

/** Lists that can't be asked for the oldest first. */
const newestFirst: ReadonlySet<ListName> = new Set(['promo_codes', 'reviews']);

const defaultFirst = 20;
const mostFirst = 100;

/** One page as Whop gives it, the newest row first unless asked otherwise; or why it refuses. */
export function pageOf(name: ListName, rows: Rows, query: URLSearchParams): Json | { refused: string } {
  const first = Number(query.get('first') ?? defaultFirst);
  if (!Number.isInteger(first) || first < 1 || first > mostFirst) return { refused: 'first must be from 1 to 100' };
  const list = `${name} of ${query.get(companyParameters[name])}`;
  const start = startOf(list, query.get('after'));
  if (start === null) return { refused: 'after is no cursor of this list' };
  const ascending = query.get('direction') === 'asc' && !newestFirst.has(name);
  const { found, end } = take(rows, { start, first, query, ascending });
  return {
    data: found.map(({ row }) => row),
    page_info: {
      start_cursor: found[0] === undefined ? null : cursorOf(list, found[0].position),
      end_cursor: found.length === 0 ? null : cursorOf(list, end),
      has_next_page: end < rows.count,
      has_previous_page: start > 0,
    },
  };
}

type Taking = { start: number; first: number; query: URLSearchParams; ascending: boolean };

/** Positions are counted in the order of the question; rows that a filter leaves out have one, too. */
function take(rows: Rows, { start, first, query, ascending }: Taking) {
  const found: { row: Json; position: number }[] = [];
  let end = start;
  for (; end < rows.count && found.length < first; end += 1) {
    const row = rows.at(ascending ? end : rows.count - 1 - end);
    if (passes(row, query)) found.push({ row, position: end });
  }
  return { found, end };
}

function passes(row: Json, query: URLSearchParams): boolean {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return true;
  const productIds = query.getAll('product_ids[]');
  const { product } = row;
  const productId = product && typeof product === 'object' && !Array.isArray(product) ? product.id : undefined;
  if (productIds.length > 0 && !productIds.some((id) => id === productId)) return false;
  const statuses = query.getAll('statuses[]');
  if (statuses.length > 0 && !statuses.some((status) => status === row.status)) return false;
  if (!isAfter(row.created_at, query.get('created_after'))) return false;
  if (!isAfter(row.updated_at, query.get('updated_after'))) return false;
  return row.total !== 0 || query.get('include_free') === 'true';
}

function isAfter(told: Json | undefined, time: string | null): boolean {
  return time === null || Date.parse(String(told)) > Date.parse(time);
}

function cursorOf(list: string, position: number): string {
  return Buffer.from(`${list}:${position}`).toString('base64url');
}

function startOf(list: string, after: string | null): number | null {
  if (after === null) return 0;
  const [of, position] = Buffer.from(after, 'base64url').toString().split(':');
  return of === list && position !== undefined ? Number(position) : null;
}
