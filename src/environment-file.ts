import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

/** Takes what `.env` in this folder sets; what the environment sets already stays as it is. */
export function readEnvironmentFile(): void {
  if (existsSync('.env')) loadEnvFile('.env');
}
