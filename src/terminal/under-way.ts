import { UserError } from '../domain/user-error.ts';

export function unlessUnderWay<T>(outcome: T | 'under way'): T {
  if (outcome !== 'under way') return outcome;
  throw new UserError('A history is being read already, by the bot or from another terminal: try again later.');
}
