/** Accounts by their numbers: the bit at each number, from the left, says whether it is in. */
export type AccountSet = Uint8Array;

export const noAccounts: AccountSet = new Uint8Array();

export function accountsOf(numbers: Uint32Array): AccountSet {
  let last = -1;
  for (const number of numbers) last = Math.max(last, number);
  const set = new Uint8Array((last >> 3) + 1);
  for (const number of numbers) set[number >> 3] = (set[number >> 3] ?? 0) | (0x80 >> (number & 7));
  return set;
}

export function hasAccount(set: AccountSet, account: number): boolean {
  return ((set[account >> 3] ?? 0) & (0x80 >> (account & 7))) !== 0;
}

export function unite(sets: readonly AccountSet[]): AccountSet {
  const united = new Uint8Array(Math.max(0, ...sets.map(({ length }) => length)));
  for (const set of sets) for (let i = 0; i < set.length; i += 1) united[i] = (united[i] ?? 0) | (set[i] ?? 0);
  return united;
}

const bitsIn = Uint8Array.from({ length: 256 }, (_, byte) => [...byte.toString(2)].filter((bit) => bit === '1').length);

export function countAccounts(set: AccountSet): number {
  let count = 0;
  for (const byte of set) count += bitsIn[byte] ?? 0;
  return count;
}
