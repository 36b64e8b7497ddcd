import type { Command } from '../src/discord/command.ts';
import { alerts } from './alerts.ts';
import { churn } from './churn.ts';
import type { CommandContext } from './context.ts';
import { digest } from './digest.ts';
import { exportCommand } from './export.ts';
import { help } from './help.ts';
import { link } from './link.ts';
import { member } from './member.ts';
import { privacy } from './privacy.ts';
import { segments } from './segments.ts';
import { setup } from './setup.ts';
import { stats } from './stats.ts';
import { status } from './status.ts';

/** Every slash command. */
export const commands: readonly Command<CommandContext>[] = [
  alerts,
  churn,
  digest,
  exportCommand,
  help,
  link,
  member,
  privacy,
  segments,
  setup,
  stats,
  status,
];
