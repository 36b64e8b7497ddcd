import { readDifferences } from '../store/comparison.ts';
import type { Frame } from './frame.ts';

/** Older comparisons say little about the figures of now. */
const recentMs = 7 * 86_400_000;

/** Where Whop's own figures said something else when they were compared last; nothing for one plan alone. */
export async function differenceNotes({ client, question }: Pick<Frame, 'client' | 'question'>): Promise<string[]> {
  const { companyId, planId, now } = question;
  if (planId !== undefined) return [];
  const differences = await readDifferences(client, companyId);
  const recent = differences.filter(({ comparedAt }) => comparedAt <= now && now - comparedAt <= recentMs);
  return recent.map(({ sentence }) => sentence);
}
