import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Question } from '../../src/discord/command.ts';
import { customId, parseCustomId } from '../../src/discord/custom-id.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,7}$/);
const value = fc.oneof(
  fc.boolean(),
  fc.integer(),
  fc.string({ maxLength: 6 }),
  fc.constantFrom('true', 'false', '7', '-1.5', '1e3', '', "'7'", 'a b', 'a=b', 'naïve', '100%', '🌊'),
);
const question = fc.record({
  command: name,
  subcommand: fc.option(name),
  options: fc.dictionary(name, value, { maxKeys: 2, noNullPrototype: true }),
});

describe('customId', () => {
  it('reads as the command would be typed', () => {
    const options = { period: '7d', public: true };
    expect(customId({ command: 'stats', subcommand: 'revenue', options })).toBe('stats revenue period=7d public=true');
  });

  it('comes back as the same question, types included', () => {
    const comesBack = (asked: Question) => {
      expect(parseCustomId(customId(asked))).toEqual(asked);
    };
    fc.assert(fc.property(question, comesBack));
  });

  it('takes 100 characters, as Discord does, and no more', () => {
    const asked = (length: number) => ({ command: 'stats', subcommand: null, options: { x: 'a'.repeat(length) } });
    expect(customId(asked(92))).toHaveLength(100);
    expect(() => customId(asked(93))).toThrow(RangeError);
  });
});

describe('parseCustomId', () => {
  it.each([
    '',
    ' ',
    'stats ',
    'stats  revenue',
    ' stats',
    'stats revenue period',
    'stats revenue =7d',
    'stats revenue period=7d period=30d',
    'stats revenue period=%',
    'stats revenue period=%37d',
    'stats revenue days=07',
    "stats revenue period='7d'",
    'stats:revenue',
    'stats revenue\nperiod=7d',
    `stats revenue x=${'a'.repeat(100)}`,
  ])('refuses %j, which nobody here has written', (id) => {
    expect(parseCustomId(id)).toBeNull();
  });
});
