import { Argument, type CommandUnknownOpts, InvalidArgumentError } from '@commander-js/extra-typings';
import { parseCompanyId } from '../arguments.ts';
import { parseConfig } from '../config.ts';
import type { Account } from '../domain/activity.ts';
import { WrongChoice } from '../domain/user-error.ts';
import { createPrivacyChanges } from '../ingest/privacy/privacy-changes.ts';
import { alertMessage } from '../render/alert-message.ts';
import { digestFieldsWithNames } from '../render/digest-message.ts';
import { type WhatIsStored, whatIsStored } from '../reports/privacy/what-is-stored.ts';
import type { Sources } from '../reports/question.ts';
import { openStore } from '../store/open-store.ts';
import { nameCompany } from './company.ts';
import type { Terminal } from './terminal.ts';

const actions = ['what', 'opt-out', 'forget'] as const;
type Action = (typeof actions)[number];

/** `cli privacy`: what `/privacy` does, for somebody who asks in another way. */
export function addPrivacyCommand(program: CommandUnknownOpts, { environment, log }: Terminal): void {
  program
    .command('privacy')
    .description('show what is stored about somebody, keep them from being scored, or remove what names them')
    .addArgument(new Argument('<action>', 'what to do').choices(actions))
    .argument('<user>', 'who: an id on Whop, user_…, or in Discord', parseAccount)
    .option('--company <id>', 'the company, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
    .option('--yes', 'to forget somebody, which can’t be undone')
    .action(async (action, account, { company, yes = false }, command) => {
      const config = parseConfig(environment);
      const companyId = company ?? config.whop.companyId ?? command.error(nameCompany);
      if (action === 'forget' && !yes) throw new WrongChoice(unsure);
      const database = await openStore(config, log);
      const answer = act[action](companyId, account, { database, settings: config.company });
      process.stdout.write(`${await answer.finally(database.stop)}\n`);
    });
}

const unsure =
  'This removes names, links, scores, deliveries that name them and the ids of their accounts, and can’t be undone: add --yes.';

const messages = { showAlerts: alertMessage, digestFieldsWithNames };

type Act = (companyId: string, account: Account, sources: Sources) => Promise<string>;

const act: Readonly<Record<Action, Act>> = {
  what: async (companyId, account, sources) => storedLines(await whatIsStored(companyId, account, sources)),
  'opt-out': async (companyId, account, { database }) => {
    await createPrivacyChanges(database.pool, messages).optOut(companyId, account, Date.now());
    return 'Done: they are neither scored nor listed any more, and the scores there were are deleted.';
  },
  forget: async (companyId, account, { database }) => {
    await createPrivacyChanges(database.pool, messages).forget(companyId, account, Date.now());
    return 'Done: what named them is removed. What Whop or Discord tells of them from now on is stored again.';
  },
};

function storedLines(stored: WhatIsStored): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const { activities, activitiesSince, memberships, payments, scores, optedOutSince } = stored;
  return [
    `On Whop: ${stored.whopUserId ?? 'nobody has said who'}`,
    `In Discord: ${stored.discordUserId ?? 'nobody has said who'}`,
    `Activities: ${activities}${activitiesSince === null ? '' : `, since ${day(activitiesSince)}`}`,
    `Memberships: ${memberships}`,
    `Payments: ${payments}`,
    `Scores: ${scores}`,
    `Opted out: ${optedOutSince === null ? 'no' : `since ${day(optedOutSince)}`}`,
  ].join('\n');
}

function parseAccount(text: string): Account {
  if (/^user_[\w-]{1,100}$/.test(text)) return { platform: 'whop', id: text };
  if (/^\d{1,20}$/.test(text)) return { platform: 'discord', id: text };
  throw new InvalidArgumentError('It must be an id such as user_AbCd1234, or a number of 17 to 20 digits.');
}
