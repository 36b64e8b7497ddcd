import { describe, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { asksOf, readLine } from '../../../src/demo/page/grammar.js';
import { offersFor } from '../../../src/demo/page/offers.js';
import { createValues } from '../../../src/demo/page/values.js';

const channels = [{ id: '11', name: 'staff' }];
const ask = {
  command: 'tell',
  subcommand: 'it',
  name: 'tell it',
  description: 'Tells it',
  options: [
    { type: 3, name: 'when', description: 'When', choices: [{ name: 'Last week', value: 'week' }] },
    { type: 3, name: 'plan', description: 'Which plan', autocomplete: true },
    { type: 5, name: 'public', description: 'To all' },
    { type: 7, name: 'channel', description: 'Where', required: true },
    { type: 4, name: 'days', description: 'How many' },
    { type: 3, name: 'words', description: 'What' },
  ],
} satisfies Parameters<typeof readLine>[1][number];

const values = createValues(channels);
values.learn([{ name: 'Club, monthly', value: 'plan_1' }]);

function read(line: string) {
  return readLine(line, [ask], values.isWhole);
}

function offered(line: string, choices: { name: string; value: string }[] = []): string[] {
  return offersFor(line, read(line), choices).offers.map((offer) => offer.line);
}

/** The options as they are sent, or what is wrong. */
function sent(line: string): unknown {
  const reading = read(`${line} `);
  if (reading.kind !== 'asking') return reading.kind;
  const answer = values.read(reading.ask, reading.given);
  return 'problem' in answer ? answer.problem : answer.options;
}

describe('the line of the demo’s page', () => {
  it('knows every command of the bot', () => {
    const names = asksOf(commands.map(({ payload }) => payload)).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['help', 'stats overview', 'stats revenue', 'status']));
  });

  it.each(['/', '/te', '/tell', '/tell i', '/it'])('offers the command for “%s”', (line) => {
    expect(offered(line)).toEqual(['/tell it ']);
  });

  it('offers nothing for what is no command', () => {
    expect(offered('hello')).toEqual([]);
    expect(offered('/tells')).toEqual([]);
  });

  it('offers the options that aren’t given yet, by their beginning', () => {
    expect(offered('/tell it ')).toHaveLength(6);
    expect(offered('/tell it when:Last week ')).toHaveLength(5);
    expect(offered('/tell it when:Last week p')).toEqual([
      '/tell it when:Last week plan:',
      '/tell it when:Last week public:',
    ]);
  });

  it('offers the choices of the option that is typed', () => {
    const choices = [
      { name: 'Last week', value: 'week' },
      { name: 'Last month', value: 'month' },
    ];
    expect(offered('/tell it when:last m', choices)).toEqual(['/tell it when:Last month ']);
  });

  it.each([
    ['/tell it channel:#staff', { channel: '11' }],
    ['/tell it channel:#staff when:last week public:true', { channel: '11', when: 'week', public: true }],
    ['/tell it plan:Club, monthly channel:#staff', { plan: 'plan_1', channel: '11' }],
    ['/tell it plan:plan_2 channel:#staff', { plan: 'plan_2', channel: '11' }],
    ['/tell it channel:#staff days:12 words:a plan, no', { channel: '11', days: 12, words: 'a plan, no' }],
  ])('reads “%s”', (line, options) => {
    expect(sent(line)).toEqual(options);
  });

  it.each([
    ['/tell it', '“channel” is missing: Where.'],
    ['/tell it channel:#nowhere', '“#nowhere” is no choice for “channel”: pick one from the list.'],
    ['/tell it channel:#staff days:few', '“few” is no choice for “days”: pick one from the list.'],
    ['/tell it channel:#staff public:maybe', '“maybe” is no choice for “public”: pick one from the list.'],
  ])('says what is wrong with “%s”', (line, problem) => {
    expect(sent(line)).toBe(problem);
  });
});
