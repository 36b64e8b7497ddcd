import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseConfig, requireDiscordToken, variableNames } from '../src/config.ts';

const root = resolve(import.meta.dirname, '..');

describe('.env.example', () => {
  const example = parseEnv(readFileSync(join(root, '.env.example'), 'utf8'));

  it('names every variable, and no other', () => {
    expect(Object.keys(example).sort()).toEqual([...variableNames].sort());
  });

  it('shows the defaults', () => {
    expect(parseConfig(example)).toEqual(parseConfig({}));
  });
});

describe('the configuration', () => {
  it('takes an empty variable as absent', () => {
    expect(parseConfig({ PORT: '', TIME_ZONE: ' ', ROLES: '' })).toEqual(parseConfig({}));
  });

  it('reads lists with spaces and stray commas', () => {
    const config = parseConfig({
      DISCORD_GUILD_IDS: ' 123456789012345678, 223456789012345678,',
      WHOP_WEBHOOK_SECRET: 'ws_a,ws_b',
    });
    expect(config.discord.guildIds).toEqual(['123456789012345678', '223456789012345678']);
    expect(config.whop.webhookSecrets).toEqual(['ws_a', 'ws_b']);
  });

  it.each([
    ['TIME_ZONE', 'Mars', 'IANA time zone'],
    ['PORT', '70000', 'from 0 to 65535'],
    ['PORT', 'http', 'number'],
    ['DATABASE_URL', 'mysql://x', 'postgresql://'],
    ['DISCORD_GUILD_IDS', 'my server', 'guild ids'],
    ['WHOP_COMPANY_ID', 'acme', 'biz_'],
    ['REPORTING_CURRENCY', 'dollars', 'ISO 4217'],
    ['WEEK_START', 'friday', 'monday, sunday, saturday'],
    ['CHARTS', 'yes', 'local, quickchart, off'],
    ['ROLES', 'everything', 'gateway, web, jobs'],
    ['LOG_LEVEL', 'loud', 'info'],
    ['DISCORD_API_URL', 'discord', 'https://discord.com/api'],
  ])('refuses %s=%s in one line that says what is allowed', (name, value, allowed) => {
    const parse = () => parseConfig({ [name]: value });
    expect(parse).toThrow(name);
    expect(parse).toThrow(allowed);
    expect(parse).not.toThrow('\n');
  });

  it('lists every problem at once, and no value', () => {
    const parse = () => parseConfig({ TIME_ZONE: 'Mars', PORT: 'x', DATABASE_URL: 'mysql://u:secret@h/d' });
    expect(parse).toThrow(/DATABASE_URL.*PORT.*TIME_ZONE/);
    expect(parse).not.toThrow(/secret|Mars/);
  });

  it('needs an address for a QuickChart server, so that figures leave the machine only on purpose', () => {
    expect(() => parseConfig({ CHARTS: 'quickchart' })).toThrow('QUICKCHART_URL');
    expect(parseConfig({ CHARTS: 'quickchart', QUICKCHART_URL: 'http://127.0.0.1:3400' }).charts.charts).toBe(
      'quickchart',
    );
  });

  it('needs a Discord token only for the bot', () => {
    expect(() => requireDiscordToken(parseConfig({}))).toThrow('DISCORD_TOKEN is missing');
    expect(requireDiscordToken(parseConfig({ DISCORD_TOKEN: 't' }))).toBe('t');
  });
});
