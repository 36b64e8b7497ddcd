import type { Whop } from '@whop/sdk';
import { UserError } from '../../domain/user-error.ts';
import type { Json } from '../../ingest/delivery.ts';
import { child } from '../redact.ts';
import { chatSources } from './chat-lists.ts';
import { fetchAnswer, parseJson } from './fetch-page.ts';
import { type Resource, resources } from './resources.ts';
import { Forbidden, isGone, passingTrouble, refusalOf } from './troubles.ts';

type Named = Pick<Resource, 'name' | 'permission'>;

/** Something that is read of a company, and what its key needs for it. */
type Readable = Named & Pick<Resource, 'of' | 'list'>;

export type Probing = { client: Whop; companyId: string; now: number; stopping: AbortSignal };

const answerTimeoutMs = 10_000;

const products: Named = { name: 'products', permission: 'access_pass:basic:read' };

const stats: Readable = {
  name: 'stats',
  of: 'company',
  permission: 'stats:read',
  list: ({ stats: whopStats }, account_id, _page, options) => {
    const today = new Date().toISOString().slice(0, 10);
    const query = { account_id, from: today, to: today, interval: 'day' } as const;
    return whopStats.retrieve('monthly_recurring_revenue', query, options);
  },
};

/** All that is read with the key; what is in a channel or a forum needs no more than the list of those. */
export const readables: readonly Readable[] = [
  ...resources,
  ...chatSources.map(({ places }) => ({ ...places, of: 'company' as const })),
  stats,
];

/**
 * Asks for one row of it; `ownerId` is the company, or one of its products.
 * @throws UserError that says why it can't be read, and what to do
 */
export async function probe(readable: Readable, ownerId: string, probing: Probing): Promise<void> {
  await askOnce(readable, probing, (options) => readable.list(probing.client, ownerId, { first: 1 }, options));
}

/**
 * Whether the key is one of this company's; what it may read is another question.
 * @throws UserError where it isn't, or where nothing tells
 */
export async function probeKey(probing: Probing): Promise<void> {
  try {
    await askForProduct(probing);
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
  }
}

/** Null where there is none. @throws UserError */
export async function firstProductId(probing: Probing): Promise<string | null> {
  const rows = child(await askForProduct(probing), 'data');
  const id = Array.isArray(rows) ? child(rows[0], 'id') : null;
  return typeof id === 'string' ? id : null;
}

function askForProduct(probing: Probing): Promise<Json> {
  const query = { account_id: probing.companyId, first: 1 };
  return askOnce(products, probing, (options) => probing.client.products.list(query, options));
}

type Request = Parameters<typeof fetchAnswer>[1];

/** @throws UserError where Whop doesn't answer with what was asked for */
export async function askOnce(about: Named, probing: Probing, request: Request): Promise<Json> {
  try {
    const deadline = AbortSignal.any([probing.stopping, AbortSignal.timeout(answerTimeoutMs)]);
    const { text } = await fetchAnswer(deadline, request);
    return parseJson(text);
  } catch (error) {
    probing.stopping.throwIfAborted();
    throw explained(error, about, probing);
  }
}

function explained(error: unknown, resource: Named, { companyId, now }: Probing): unknown {
  const trouble = passingTrouble(error, now);
  if (trouble !== null) return new UserError(`${resource.name} can’t be asked for, ${trouble.reason}: try again.`);
  if (isGone(error))
    return new UserError(`Whop knows no ${resource.name} of ${companyId} (404): check WHOP_COMPANY_ID.`);
  return refusalOf(error, { resource, companyId }) ?? error;
}
