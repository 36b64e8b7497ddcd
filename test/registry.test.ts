import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
import { jobs } from '../src/jobs/jobs.ts';
import { reportNames, reports } from '../src/reports/index.ts';
import { eventTypes } from '../src/whop/event-types.ts';

const root = resolve(import.meta.dirname, '..');

function filesOf(folder: string, others: readonly string[]): string[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.ts') && !others.includes(file))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();
}

describe('the lists', () => {
  it('of commands is the folder of commands', () => {
    expect(commands.map(({ payload }) => payload.name).sort()).toEqual(filesOf('commands', ['index.ts', 'context.ts']));
  });

  it('of reports is the folder of reports', () => {
    const others = [
      'activity-views',
      'alert-state',
      'compare-with-whop',
      'difference-notes',
      'engagement-notes',
      'engagement-tables',
      'figure-names',
      'frame',
      'index',
      'link-suggestions',
      'marketing-notes',
      'marketing-sales',
      'marketing-tables',
      'newcomer-parts',
      'notes',
      'plan-choices',
      'question',
      'report',
      'revenue-tables',
      'setup',
      'status',
      'subscription-tables',
      'unconverted-sums',
      'views',
      'staff-channel',
      'who-is-who',
    ].map((f) => `${f}.ts`);
    expect(Object.keys(reports).sort()).toEqual(filesOf('src/reports', others));
    expect([...reportNames].sort()).toEqual(Object.keys(reports).sort());
  });

  it('of jobs is the folder of jobs', () => {
    const others = [
      'job.ts',
      'for-each-company.ts',
      'guard.ts',
      'jobs.ts',
      'read-history.ts',
      'reconcile.ts',
      'run-due.ts',
      'run-job.ts',
      'start-jobs.ts',
    ];
    expect(Object.keys(jobs).sort()).toEqual(filesOf('src/jobs', others));
  });

  it('of event types holds canonical names only', () => {
    for (const name of Object.keys(eventTypes)) expect(name).toMatch(/^(?!app_)[a-z_]+\.[a-z_]+$/);
  });
});

describe('every command', () => {
  it.each(commands.map((command) => [command.payload.name, command] as const))(
    '%s is for servers only',
    (_name, { payload }) => {
      expect(payload).toMatchObject({ contexts: [0], integration_types: [0] });
    },
  );

  it('but help, link and privacy is for those who may manage the server', () => {
    const open = commands.filter(({ payload }) => payload.default_member_permissions === undefined);
    expect(open.map(({ payload }) => payload.name)).toEqual(['help', 'link', 'privacy']);
  });
});
