import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { variableNames } from '../src/config.ts';

const root = resolve(import.meta.dirname, '..');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const compose = readFileSync(join(root, 'compose.yaml'), 'utf8');

describe('the Dockerfile', () => {
  it('copies what is there, and nothing that is ignored', () => {
    const copied = [...dockerfile.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '));
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    expect(copied).toContain('src');
    expect(copied.filter((path) => !existsSync(join(root, path)) || ignored.includes(path))).toEqual([]);
  });

  it('starts the bot as npm start does', () => {
    const [, command = '[]'] = /^CMD (.+)$/m.exec(dockerfile) ?? [];
    expect(`exec ${JSON.parse(command).join(' ')}`).toBe(packageJson.scripts.start);
  });
});

describe('compose.yaml', () => {
  it('gives the bot settings that it knows', () => {
    const [, service = ''] = /\n {2}tidewatch:\n([\s\S]*?)\n\n/.exec(compose) ?? [];
    const [, environment = ''] = /environment:\n((?: {6}.+\n)+)/.exec(service) ?? [];
    const names = [...environment.matchAll(/^ {6}(\w+):/gm)].map(([, name = '']) => name);
    expect(names).toContain('DATABASE_URL');
    expect(names.filter((name) => !variableNames.includes(name))).toEqual([]);
  });
});
