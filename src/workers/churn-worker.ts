import { on } from 'node:events';
import type { ChurnModel } from '../domain/churn/churn-model.ts';
import type { MemberHistory } from '../domain/churn/member-history.ts';
import type { MemberRisk } from '../domain/churn/score.ts';
import type { ChurnTask, FitTask, FromThread, ScoreTask, ToThread } from './churn-messages.ts';
import { keepThread, takeThread } from './kept-threads.ts';

/** Members as they are loaded, so that they needn't all be in memory at once. */
export type Histories = Iterable<MemberHistory> | AsyncIterable<MemberHistory>;

/** How many days and bills are told at once: copying more would hold up whoever tells them. */
const factsAtOnce = 2_000;

/** Fits in a thread of its own, while the caller's event loop goes on. */
export async function fitInThread(task: FitTask, histories: Histories, signal?: AbortSignal): Promise<ChurnModel> {
  let model: ChurnModel | null = null;
  for await (const told of answers({ task: 'fit', ...task }, histories, signal)) {
    if (told.say === 'model') ({ model } = told);
  }
  if (model === null) throw new Error('the thread told no model');
  return model;
}

/** Scores whoever is a member at that instant, in a thread of its own. */
export async function scoreInThread(
  task: ScoreTask,
  histories: Histories,
  signal?: AbortSignal,
): Promise<MemberRisk[]> {
  const risks: MemberRisk[] = [];
  for await (const told of answers({ task: 'score', ...task }, histories, signal)) {
    if (told.say === 'risks') risks.push(...told.risks);
  }
  return risks;
}

/** What a thread says once it has been told all members. It is stopped unless it has said all. */
async function* answers(task: ChurnTask, histories: Histories, signal?: AbortSignal): AsyncGenerator<FromThread> {
  signal?.throwIfAborted();
  const thread = takeThread();
  const messages = on(thread, 'message', { close: ['exit'], ...(signal && { signal }) });
  const say = (message: ToThread) => thread.postMessage(message);
  let hasSaidAll = false;
  try {
    say({ say: 'begin', task });
    for await (const some of inPortions(histories)) {
      say({ say: 'members', histories: some });
      // It answers only once it has worked them off, so that they don't pile up.
      await nextOf(messages);
    }
    // All messages that have come are copied in one turn of the loop, so that each is asked for.
    for (;;) {
      say({ say: 'go on' });
      const told = await nextOf(messages);
      if (told.say === 'that is all') break;
      yield told;
    }
    hasSaidAll = true;
  } finally {
    if (hasSaidAll) keepThread(thread);
    else await thread.terminate();
    await messages.return?.();
  }
}

async function nextOf(messages: ReturnType<typeof on>): Promise<FromThread> {
  const { value, done } = await messages.next();
  if (done) throw new Error('the thread ended before it had said all');
  return value[0];
}

async function* inPortions(histories: Histories): AsyncGenerator<MemberHistory[]> {
  let [portion, facts]: [MemberHistory[], number] = [[], 0];
  for await (const history of histories) {
    portion.push(history);
    facts += 10 + history.bills.length + (history.activity?.length ?? 0);
    if (facts < factsAtOnce) continue;
    yield portion;
    [portion, facts] = [[], 0];
  }
  if (portion.length > 0) yield portion;
}
