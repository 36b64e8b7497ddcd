import { setTimeout as sleep } from 'node:timers/promises';
import { REST } from 'discord.js';
import type { Log } from '../../log.ts';
import type { OutgoingMessage } from '../../store/outbox.ts';
import type { ChannelProblem, TakenMessage } from '../../store/outbox-queue.ts';
import { errorFacts } from '../error-facts.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { sendMessage } from './send-message.ts';
import { troubleMessage } from './trouble-message.ts';

/** What waits to be posted; each message is taken by one process at a time. */
type Outbox = {
  /** The next one, for so long; null where none waits. */
  take(leaseMs: number): Promise<TakenMessage | null>;
  posted(message: TakenMessage, messageId: string): Promise<void>;
  delayed(message: TakenMessage, until: { delayMs: number; uncertain: boolean }): Promise<void>;
  dropped(message: TakenMessage, failure: string): Promise<void>;
  unreachable(message: TakenMessage, trouble: { problem: ChannelProblem; message: OutgoingMessage }): Promise<void>;
};

export type PosterOptions = {
  token: string;
  apiUrl: string;
  outbox: Outbox;
  log: Log;
  /** How often it is looked for messages (1 s). */
  pollMs?: number;
  /** After how long a message whose process was killed is taken by another (60 s). */
  leaseMs?: number;
};

const minuteMs = 60_000;
const requestTimeoutMs = 15_000;
/** Of different channels, since of each only one is taken at a time. */
const atOnce = 4;

/** Posts what waits, in the order of each channel, until it is stopped. */
export function startPoster(options: PosterOptions): { stop(): Promise<void> } {
  const { token, apiUrl } = options;
  const stopping = new AbortController();
  // How long to wait, and when to try again, is kept with the message: so nothing waits in this process.
  const rest = new REST({
    api: apiUrl,
    version: '10',
    retries: 0,
    timeout: requestTimeoutMs,
    rejectOnRateLimit: () => true,
  });
  rest.setToken(token);
  const running = Array.from({ length: atOnce }, () => postAgainAndAgain(rest, stopping.signal, options));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

async function postAgainAndAgain(rest: REST, stopping: AbortSignal, options: PosterOptions): Promise<void> {
  const { outbox, log, pollMs = 1000, leaseMs = minuteMs } = options;
  while (!stopping.aborted) {
    const any = await postNext(rest, outbox, { log, leaseMs, stopping }).catch((error: unknown) => {
      log.warn({ error: errorFacts(error) }, 'outbox not reached');
      return false;
    });
    if (!any) await sleep(pollMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

type Posting = { log: Log; leaseMs: number; stopping: AbortSignal };

/** @returns whether there was one */
async function postNext(rest: REST, outbox: Outbox, { log, leaseMs, stopping }: Posting): Promise<boolean> {
  const taken = await outbox.take(leaseMs);
  if (taken === null) return false;
  const outcome = await sendMessage(rest, taken, AbortSignal.any([stopping])).then(
    (messageId): Outcome => ({ kind: 'posted', messageId }),
    (error: unknown) => outcomeOf(error, taken.attempt),
  );
  await settle(taken, outcome, { outbox, log });
  return true;
}

/** How often an unreachable channel is tried, and for how long. */
const unreachableMs = 60 * minuteMs;
const giveUpMs = 3 * 24 * 60 * minuteMs;

async function settle(taken: TakenMessage, outcome: Outcome, { outbox, log }: Pick<PosterOptions, 'outbox' | 'log'>) {
  const { companyId, key, channelId, attempt } = taken;
  const facts = { companyId, key, channelId, attempt };
  if (outcome.kind === 'posted') {
    await outbox.posted(taken, outcome.messageId);
    log.info({ ...facts, messageId: outcome.messageId }, 'message posted');
  } else if (outcome.kind === 'delayed') {
    await outbox.delayed(taken, outcome);
    log.warn({ ...facts, delayMs: outcome.delayMs }, 'message not posted yet');
  } else if (outcome.kind === 'refused') {
    await outbox.dropped(taken, outcome.failure);
    log.error({ ...facts, failure: outcome.failure }, 'message refused by Discord');
  } else {
    await settleUnreachable(taken, outcome.problem, outbox);
    log.warn({ ...facts, problem: outcome.problem }, 'channel not reached');
  }
}

/** It is kept for as long as somebody may still put it right; a person who isn't reached isn't tried again. */
async function settleUnreachable(taken: TakenMessage, problem: ChannelProblem, outbox: Outbox): Promise<void> {
  if (taken.direct) return outbox.dropped(taken, problem);
  await outbox.unreachable(taken, { problem, message: troubleMessage(taken.channelId, problem) });
  if (Date.now() - taken.createdAt.getTime() > giveUpMs) return outbox.dropped(taken, problem);
  await outbox.delayed(taken, { delayMs: unreachableMs, uncertain: false });
}
