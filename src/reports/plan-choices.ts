import { planName } from '../domain/company.ts';
import { readFacts } from '../store/company-facts.ts';
import type { Sources } from './question.ts';

export type PlanChoice = { planId: string; name: string };

/** The company's plans whose name or id holds what was typed, by name. */
export async function planChoices(companyId: string, typed: string, { database }: Sources): Promise<PlanChoice[]> {
  const [plans, products] = await Promise.all([
    readFacts(database.pool, 'plan', companyId),
    readFacts(database.pool, 'product', companyId),
  ]);
  const wanted = typed.trim().toLowerCase();
  return plans
    .map(({ id }) => ({ planId: id, name: planName(id, { plans, products }) }))
    .filter(({ planId, name }) => `${name} ${planId}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
