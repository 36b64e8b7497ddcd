import type { Config } from '../config.ts';
import { firstProductId, type Probing, probe, probeKey, readables } from '../whop/rest/probe.ts';
import { type Check, ok, problem, skipped } from './check.ts';
import { connectedCompanyIds, linksOf } from './discord-checks.ts';
import type { Patient } from './patient.ts';

export const companyCheck: Check<Patient> = {
  name: 'WHOP_COMPANY_ID',
  needs: ['Settings'],
  run: async (patient) => {
    const { companyId } = patient.config().whop;
    if (companyId !== null) return ok(companyId);
    const links = await linksOf(patient);
    if (links === null) return skipped('not set, and whether servers are linked can’t be read');
    const linked = new Set(links.map((link) => link.companyId));
    if (linked.size > 0) return ok(`not set, and servers are linked to ${[...linked].join(', ')}`);
    return problem(
      'missing, so that no server is connected',
      'set it to your company’s id, biz_…, from the address of its dashboard',
    );
  },
};

export const keyCheck: Check<Patient> = {
  name: 'WHOP_API_KEY',
  needs: ['WHOP_COMPANY_ID'],
  run: async (patient) => {
    if (patient.config().whop.apiKey === null) return skipped(noKey);
    await probeKey(await probingOf(patient));
    return ok('accepted by Whop');
  },
};

const noKey =
  'not set, so that figures begin with the first webhook: make a key in Whop’s developer settings, and the history is read by itself';

/** One for each thing that is read with the key. */
export const permissionChecks: readonly Check<Patient>[] = readables.map((readable) => ({
  name: `Whop: ${readable.name}`,
  needs: ['WHOP_API_KEY'],
  run: async (patient) => {
    const probing = await probingOf(patient);
    const ownerId = readable.of === 'company' ? probing.companyId : await firstProductId(probing);
    if (ownerId === null) return skipped('there is no product that could have some');
    await probe(readable, ownerId, probing);
    return ok(readable.permission ?? 'may be read');
  },
}));

/** The environment's company, else the first one that a server is linked to: the key is the same for all. */
export async function probingOf(patient: Patient): Promise<Probing> {
  const [companyId = ''] = await connectedCompanyIds(patient);
  return { client: patient.whop(), companyId, now: patient.now(), stopping: patient.stopping };
}

/** Where Whop sends deliveries to, behind whichever host. */
export const webhookPath = '/webhooks/whop';

export function publicWebhookUrl({ http }: Config): string | null {
  return http.publicUrl === null ? null : `${http.publicUrl}${webhookPath}`;
}
