import { randomInt } from 'node:crypto';

/** Without those that look alike when somebody reads them out: no 0, 1, I, L, O, U. */
const characters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Leads from what somebody was told to the line of the log; short, since people type it. */
export function newReference(): string {
  return Array.from({ length: 5 }, () => characters[randomInt(characters.length)]).join('');
}
