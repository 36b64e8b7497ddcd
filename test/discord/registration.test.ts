import { describe, expect, it } from 'vitest';
import type { Payload } from '../../src/discord/command.ts';
import { sameCommands } from '../../src/discord/registration.ts';

const period = {
  name: 'period',
  description: 'Which days',
  type: 3,
  choices: [
    { name: 'a week', value: '7d' },
    { name: 'a month', value: '30d' },
  ],
};
const stats = {
  name: 'stats',
  description: 'Figures',
  default_member_permissions: '32',
  contexts: [0],
  options: [{ name: 'revenue', description: 'Money', type: 1, options: [period] }],
} satisfies Payload;
const help = { name: 'help', description: 'What there is' } satisfies Payload;

/** What Discord answers for a payload. */
function registered(payload: Payload): object {
  return {
    id: '1',
    application_id: '2',
    version: '3',
    type: 1,
    nsfw: false,
    dm_permission: false,
    default_permission: true,
    contexts: null,
    integration_types: [0],
    name_localizations: null,
    description_localizations: null,
    default_member_permissions: null,
    ...payload,
  };
}

describe('sameCommands', () => {
  it('ignores what Discord adds, and the order of commands', () => {
    expect(sameCommands([registered(help), registered(stats)], [stats, help])).toBe(true);
  });

  it('ignores defaults that only one side spells out', () => {
    const options = [{ ...period, required: false, autocomplete: false, name_localizations: null }];
    expect(sameCommands([registered({ ...help, options: [period] })], [{ ...help, options }])).toBe(true);
  });

  it.each([
    ['a description', { ...stats, description: 'Numbers' }],
    ['who may run it', { ...stats, default_member_permissions: null }],
    ['where it may be run', { ...stats, contexts: [0, 1] }],
    ['a choice', { ...stats, options: [{ ...period, choices: period.choices.slice(1) }] }],
    ['the order of choices', { ...stats, options: [{ ...period, choices: period.choices.toReversed() }] }],
    ['a required option', { ...stats, options: [{ ...period, required: true }] }],
    ['a bound', { ...help, name: 'stats', options: [{ name: 'days', description: 'Days', type: 4, min_value: 0 }] }],
    ['a translation', { ...stats, description_localizations: { de: 'Zahlen' } }],
  ])('sees that %s changed', (_, changed) => {
    expect(sameCommands([registered(stats)], [changed])).toBe(false);
    expect(sameCommands([registered(changed)], [changed])).toBe(true);
  });

  it('sees a command more or less', () => {
    expect(sameCommands([registered(stats)], [stats, help])).toBe(false);
    expect(sameCommands([registered(stats), registered(help)], [stats])).toBe(false);
    expect(sameCommands([], [])).toBe(true);
  });
});
