import type { Command } from '../src/discord/command.ts';
import type { CommandContext } from './context.ts';
import { help } from './help.ts';
import { link } from './link.ts';
import { setup } from './setup.ts';
import { stats } from './stats.ts';
import { status } from './status.ts';

/** Every slash command. */
export const commands: readonly Command<CommandContext>[] = [help, link, setup, stats, status];
