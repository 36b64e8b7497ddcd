import type { Band } from './bands.ts';
import type { ContractFacts } from './contract-facts.ts';

/** The lightest thing that may help; facts of the contract come before what is guessed. */
export type Suggestion =
  | 'nothing'
  | 'payment reminder'
  | 'ask why'
  | 'trial check-in'
  | 'say hello'
  | 'personal message';

export const suggestionTexts: Readonly<Record<Suggestion, string>> = {
  nothing: 'Nothing to do.',
  'payment reminder': 'Remind them kindly that the last payment failed.',
  'ask why': 'Ask what made them cancel; don’t offer anything yet.',
  'trial check-in': 'Ask how the trial goes before it ends.',
  'say hello': 'Say hello, and point to something new.',
  'personal message': 'Write to them personally, and ask what is missing.',
};

export function suggestionFor(facts: ContractFacts, band: Band): Suggestion {
  if (facts.pastDue) return 'payment reminder';
  if (facts.cancellation !== null) return 'ask why';
  if (band === 'low') return 'nothing';
  if (facts.trialEndsAt !== null) return 'trial check-in';
  return band === 'high' ? 'personal message' : 'say hello';
}
