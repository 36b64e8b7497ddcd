import { createHash, randomInt } from 'node:crypto';

/** Without those that are taken for each other. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 8;
const codePattern = new RegExp(`(?<![\\w-])TW-[${alphabet}]{${length}}(?![\\w-])`, 'gi');

/** More than anybody sends who means one. */
const mostCodes = 3;

/** Such as TW-7KM2XQ9D. */
export function createLinkCode(): string {
  const letters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]);
  return `TW-${letters.join('')}`;
}

/** Of a text only what looks like a code leaves this function, hashed. */
export function linkCodeHashesIn(text: string): string[] {
  return [...text.matchAll(codePattern)].slice(0, mostCodes).map(([code]) => hashLinkCode(code));
}

export function hashLinkCode(code: string): string {
  return createHash('sha256').update(code.toUpperCase()).digest('hex');
}
