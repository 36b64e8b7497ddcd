import { plainLine } from './plain-text.ts';

/** Discord takes 100 characters of a choice's name. */
export function choiceName(name: string): string {
  const plain = plainLine(name);
  return plain.length <= 100 ? plain : `${plain.slice(0, 98).toWellFormed()}…`;
}
