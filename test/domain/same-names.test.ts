import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameNames } from '../../src/domain/same-names.ts';

const names = fc.array(fc.constantFrom('ada', ' Ada ', 'ÉLAN', 'élan', 'e\u0301lan', 'ben', '', ' '), { maxLength: 3 });
const people = fc
  .array(names, { maxLength: 6 })
  .map((all) => all.map((called, index) => ({ id: String(index), names: called })));
const plain = (name: string) => name.trim().normalize('NFC').toLowerCase();

describe('who is called the same', () => {
  it('are all pairs that have a name in common, each once', () => {
    fc.assert(
      fc.property(people, people, (onDiscord, onWhop) => {
        const expected = onDiscord.flatMap((one) =>
          onWhop
            .filter((other) => one.names.some((a) => plain(a) !== '' && other.names.some((b) => plain(a) === plain(b))))
            .map((other) => `${one.id} ${other.id}`),
        );
        const found = sameNames(onDiscord, onWhop).map((pair) => `${pair.discordUserId} ${pair.whopUserId}`);
        expect([...found].sort()).toEqual([...expected].sort());
      }),
    );
  });

  it('shows the name as it is written on Whop', () => {
    expect(sameNames([{ id: '1', names: ['ADA'] }], [{ id: 'user_1', names: ['lovelace', ' Ada '] }])).toEqual([
      { discordUserId: '1', whopUserId: 'user_1', name: 'Ada' },
    ]);
  });
});
