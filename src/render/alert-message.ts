import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { AlertKind, AlertOutcome, AlertResponse } from '../domain/alerts/alert.ts';
import type { AlertMessageView, AlertRisk, AlertView } from '../domain/alerts/alert-view.ts';
import { reasonsBeside } from '../domain/churn/contract-words.ts';
import { suggestionTexts } from '../domain/churn/suggestion.ts';
import type { Instant } from '../domain/facts.ts';
import { formatMoney } from './format.ts';
import { whopUserText } from './link-text.ts';
import { outsideName } from './outside-name.ts';

type AlertMessage = { embeds: APIEmbed[]; components: APIActionRowComponent<APIButtonComponentWithCustomId>[] };

const titles: Readonly<Record<AlertKind, readonly [one: string, many: string]>> = {
  failed_payment: ['A payment failed', 'payments failed'],
  cancellation: ['A cancellation is scheduled', 'cancellations are scheduled'],
  trial: ['A trial ends unconverted', 'trials end unconverted'],
  dispute: ['A payment is disputed', 'payments are disputed'],
  churn: ['A member is likely to leave', 'members are likely to leave'],
};

const colors: Readonly<Record<AlertKind, number>> = {
  failed_payment: 0xd98e04,
  cancellation: 0xd98e04,
  trial: 0x4f7cac,
  dispute: 0xc2413b,
  churn: 0x8e5ea2,
};

const buttons: Readonly<Record<AlertResponse, string>> = {
  contacted: 'Contacted',
  snooze: 'Snooze 7 days',
  dismiss: 'Not a risk',
};

/** What staff is told, with what has become of it. Times are shown in the zone of whoever reads. */
export function alertMessage(view: AlertMessageView): AlertMessage {
  const { kind, alerts, counted } = view;
  const [one, many] = titles[kind];
  const total = alerts.length + counted;
  const blocks = alerts.map((alert, index) => `${total > 1 ? `**${index + 1}.** ` : ''}${alertText(kind, alert)}`);
  const more = counted > 0 ? [`… and ${counted} more`] : [];
  const embed = {
    title: total === 1 ? one : `${total} ${many}`,
    color: colors[kind],
    description: fitted([...blocks, ...more, ...limitText(view)].join('\n\n')),
  };
  return { embeds: [embed], components: alerts.map((alert, index) => buttonsOf(alert, total > 1 ? index + 1 : null)) };
}

/** Discord's limit for the text of an embed. */
const maxLength = 4096;

/** Names that are long in each of several alerts may not find room: then whole lines are left out at the end. */
function fitted(text: string): string {
  return text.length <= maxLength ? text : `${text.slice(0, text.lastIndexOf('\n', maxLength - 2))}\n…`;
}

function alertText(kind: AlertKind, alert: AlertView): string {
  const { plan, mrr, responses, outcome } = alert;
  const facts = [
    `**${whoText(alert)}**`,
    ...(plan === null ? [] : [outsideName(plan)]),
    ...mrr.map(({ amountMinor, currency }) => `${formatMoney(amountMinor, currency)} MRR`),
  ];
  const said = responses.map(({ response, by, at }) => {
    const who = by === null ? '' : ` by <@${by}>`;
    return `${responseText[response]}${who} ${timeText(at, 'f')}`;
  });
  const became = outcome === null ? [] : [outcomeText(outcome)];
  return [facts.join(' · '), reasonTexts[kind](alert), ...said, ...became].join('\n');
}

function whoText({ optedOut, memberId: id, username, name }: AlertView): string {
  return optedOut ? 'Somebody who has opted out' : whopUserText({ id, username, name });
}

const reasonTexts: Readonly<Record<AlertKind, (alert: AlertView) => string>> = {
  failed_payment: (alert) => {
    const times = (alert.failedAttempts ?? 1) > 1 ? `, ${alert.failedAttempts} times` : '';
    return `${amountOf(alert, 'A payment')} couldn’t be charged${times}.${until(' Period ends ', alert.dueAt)}`;
  },
  cancellation: ({ cancelOption, dueAt }) => {
    const why = cancelOption === null ? '' : ` Reason given: ${outsideName(cancelOption.replaceAll('_', ' '))}.`;
    return `Won’t renew.${why}${until(' Access ends ', dueAt)}`;
  },
  trial: ({ status, dueAt }) =>
    status === 'trialing'
      ? `Won’t be charged after the trial.${until(' It ends ', dueAt)}`
      : 'Ended without a payment.',
  dispute: (alert) => {
    const what = alert.status?.startsWith('warning')
      ? 'may be disputed: the bank warns of it, and refunding may prevent it.'
      : 'is disputed. Answer it in Whop’s dashboard.';
    return `${amountOf(alert, 'A payment')} ${what}${until(' An answer is taken until ', alert.dueAt)}`;
  },
  churn: ({ risk, dueAt }) => (risk === null ? 'At high risk of leaving.' : riskText(risk, dueAt)),
};

const riseTexts: Readonly<Record<AlertRisk['rise'], string>> = {
  'high band': 'At high risk now',
  'new reason': 'Still at high risk, for a new reason',
};

function riskText(
  { rise, probability, confidence, reasons, contract, suggestion }: AlertRisk,
  dueAt: Instant | null,
): string {
  return [
    confidence === 'prior'
      ? `${riseTexts[rise]}, by a prior that isn’t learned here yet.`
      : `${riseTexts[rise]}: ${Math.round(probability * 100)} % likely to leave within 30 days.`,
    ...reasonsBeside(contract, reasons).map((reason) => `- ${outsideName(reason, 120)}`),
    ...(contract.length === 0 ? [] : [`Certain: ${contract.join('; ')}.`]),
    `${suggestionTexts[suggestion]}${until(' Next bill ', dueAt)}`,
  ].join('\n');
}

function amountOf({ amount }: AlertView, unknown: string): string {
  return amount === null ? unknown : formatMoney(amount.amountMinor, amount.currency);
}

function until(words: string, at: Instant | null): string {
  return at === null ? '' : `${words}${timeText(at, 'f')} (${timeText(at, 'R')}).`;
}

/** Whop’s limit for disputes, as a share of payments. */
const disputeLimit = 0.02;

function limitText({ disputes }: AlertMessageView): string[] {
  if (disputes === null) return [];
  const { opened, payments } = disputes;
  const share = payments === 0 ? null : opened / payments;
  const percent = share === null ? '' : ` (${(share * 100).toFixed(1)} %)`;
  const over = share !== null && share > disputeLimit ? ' **You are above it.**' : '';
  return [`In the last 30 days ${opened} of ${payments} payments${percent} were disputed; Whop’s limit is 2 %.${over}`];
}

const responseText: Readonly<Record<AlertResponse, string>> = {
  contacted: '✉️ Contacted',
  snooze: '💤 Snoozed for 7 days',
  dismiss: '👌 Called no risk',
};

const outcomeWords: Readonly<Record<AlertOutcome, string>> = {
  paid: 'Paid',
  stayed: 'Stayed',
  left: 'Left',
  won: 'Won',
  lost: 'Lost',
  closed: 'Closed',
};

function outcomeText({ is, at }: NonNullable<AlertView['outcome']>): string {
  return `➡️ **${outcomeWords[is]}**${at === null ? '' : ` ${timeText(at, 'f')}`}`;
}

function timeText(at: Instant, style: 'f' | 'R'): string {
  return `<t:${Math.floor(at / 1000)}:${style}>`;
}

/** A button is `/alerts` with its response for a subcommand, or `/member`. What can't be undone by it isn't taken away after a press. */
function buttonsOf(alert: AlertView, place: number | null): APIActionRowComponent<APIButtonComponentWithCustomId> {
  const { id, memberId, optedOut } = alert;
  const pressed = Object.entries(buttons).map(
    ([response, label]) => [label, `alerts ${response} alert=${id}`] as const,
  );
  // Whop tells no user of some memberships and payments.
  const shown =
    memberId.startsWith('user_') && !optedOut ? [['Show member', `member member=${memberId}`] as const] : [];
  const components = [...pressed, ...shown].map(
    ([label, custom_id]): APIButtonComponentWithCustomId => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: place === null ? label : `${place}. ${label}`,
      custom_id,
    }),
  );
  return { type: ComponentType.ActionRow, components };
}
