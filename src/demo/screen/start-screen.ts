import type { CommandContext } from '../../../commands/context.ts';
import { commands } from '../../../commands/index.ts';
import type { Config } from '../../config.ts';
import type { Log } from '../../log.ts';
import { companyOfGuild } from '../../store/company-of-guild.ts';
import { createOutbox } from '../../store/create-outbox.ts';
import { company } from '../catalogue.ts';
import type { DemoClock, Pace } from '../time/demo-clock.ts';
import { createAnswers } from './answers.ts';
import { type Chat, createChat } from './chat.ts';
import { Listeners } from './listeners.ts';
import { postOutbox } from './post-outbox.ts';
import { channels } from './sample-server.ts';
import { createScreen } from './screen.ts';

export type Screen = {
  /** Where the page is. */
  url: string;
  showPace(pace: Pace): void;
  /** Shows what the bot wants posted by itself. */
  postOutbox(): Promise<void>;
  stop(): Promise<void>;
};

export type ScreenParts = {
  config: Config;
  context: CommandContext;
  clock: DemoClock;
  /** The community's last instant. */
  until: number;
  log: Log;
};

/** Starts the page: every command of the bot's, and the server's channels. */
export async function startScreen({ config, context, clock, until, log }: ScreenParts): Promise<Screen> {
  const listeners = new Listeners();
  const chat: Chat = createChat((message) => listeners.tell({ type: 'message', message }));
  const { pool } = context.sources.database;
  const outbox = createOutbox(pool);
  const fromSettings = { guildIds: config.discord.guildIds, companyId: config.whop.companyId };
  const companyOf = (guildId: string) => companyOfGuild(pool, guildId, fromSettings);
  const answers = createAnswers({ commands, context, companyOf, chat, now: clock.now, log });
  const about = {
    community: company.title,
    channels: Object.values(channels),
    commands: commands.map(({ payload }) => payload),
    until,
  };
  const app = createScreen({ answers, chat, clock, listeners, about, log });
  return {
    url: await app.listen({ host: '127.0.0.1', port: 0 }),
    showPace: (pace) => listeners.tell({ type: 'pace', pace }),
    postOutbox: () => postOutbox({ outbox, chat, now: clock.now }),
    stop: () => app.close(),
  };
}
