import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countAccounts, hasAccount, unite } from '../../../src/domain/engagement/account-set.ts';
import { countPeople } from '../../../src/domain/engagement/people.ts';

const numbers = fc.uniqueArray(fc.nat(300), { maxLength: 40 });

/** As Postgres has them: the bit of each number counted from the left. */
function setOf(members: readonly number[]): Uint8Array {
  const set = new Uint8Array(Math.ceil((Math.max(-1, ...members) + 1) / 8));
  for (const member of members) set[member >> 3] = (set[member >> 3] ?? 0) | (0x80 >> (member & 7));
  return set;
}

describe('sets of accounts', () => {
  it('hold what either of them holds', () => {
    fc.assert(
      fc.property(numbers, numbers, (some, others) => {
        const both = unite([setOf(some), setOf(others)]);
        const expected = new Set([...some, ...others]);
        expect(countAccounts(both)).toBe(expected.size);
        for (let account = 0; account < 310; account += 1)
          expect(hasAccount(both, account)).toBe(expected.has(account));
      }),
      { numRuns: 50 },
    );
  });

  it('count somebody with two accounts once, if both are in', () => {
    const linked = [{ discord: 1, whop: 2 }];
    expect(countPeople(setOf([1, 2, 3]), linked)).toBe(2);
    expect(countPeople(setOf([1, 3]), linked)).toBe(2);
    expect(countPeople(setOf([1, 2, 3]), [])).toBe(3);
  });
});
