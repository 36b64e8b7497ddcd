import { describe, expect, it } from 'vitest';
import { ok, problem, runChecks, skipped } from '../../src/doctor/check.ts';
import { checks } from '../../src/doctor/checks.ts';
import { UserError } from '../../src/domain/user-error.ts';

describe('runChecks', () => {
  const good = { name: 'good', needs: [], run: () => ok('well') };
  const bad = { name: 'bad', needs: [], run: () => problem('it is broken', 'mend it') };
  const other = { name: 'other', needs: ['good'], run: () => skipped('nothing to do') };

  it('says of each check what it found, in order', async () => {
    expect(await runChecks([good, bad, other], null)).toEqual([
      { name: 'good', state: 'ok', text: 'well' },
      { name: 'bad', state: 'problem', text: 'it is broken: mend it' },
      { name: 'other', state: 'skipped', text: 'nothing to do' },
    ]);
  });

  it.each([bad, { ...other, needs: [] }])('skips what needs $name, and says so', async (first) => {
    const needing = { name: 'needing', needs: [first.name], run: () => ok('never') };
    const further = { name: 'further', needs: ['needing'], run: () => ok('never') };
    expect((await runChecks([first, needing, further], null)).slice(1)).toEqual([
      { name: 'needing', state: 'skipped', text: `${first.name} comes first` },
      { name: 'further', state: 'skipped', text: 'needing comes first' },
    ]);
  });

  it('takes a UserError for a problem, and no other error', async () => {
    const throwing = (error: Error) => ({
      name: 'throwing',
      needs: [],
      run: () => {
        throw error;
      },
    });
    const [finding] = await runChecks([throwing(new UserError('Set it.'))], null);
    expect(finding).toEqual({ name: 'throwing', state: 'problem', text: 'Set it.' });
    await expect(runChecks([throwing(new Error('ours'))], null)).rejects.toThrow('ours');
  });
});

describe('the list of checks', () => {
  it('names each once, and what a check needs before it', () => {
    const names = checks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    checks.forEach(({ name, needs }, i) => {
      expect([name, needs.filter((need) => !names.slice(0, i).includes(need))]).toEqual([name, []]);
    });
  });
});
