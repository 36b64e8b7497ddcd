import { describe, expect, it } from 'vitest';
import { type AlertKind, alertKinds } from '../../src/domain/alerts/alert.ts';
import type { AlertMessageView, AlertRisk, AlertView } from '../../src/domain/alerts/alert-view.ts';
import { alertMessage } from '../../src/render/alert-message.ts';

const at = Date.UTC(2026, 10, 24, 12);
const [f, R] = [`<t:${at / 1000}:f>`, `<t:${at / 1000}:R>`];

function alert(differs: Partial<AlertView> = {}): AlertView {
  return {
    ...{
      id: '11111111-2222-4333-8444-555555555555',
      memberId: 'user_1',
      optedOut: false,
      username: 'ada',
      name: 'Ada',
    },
    ...{ plan: 'Gold', mrr: [{ currency: 'USD', amountMinor: 2999 }], amount: { currency: 'EUR', amountMinor: 4900 } },
    ...{ failedAttempts: 3, cancelOption: 'too_expensive', status: 'active', risk: null, dueAt: at },
    ...{ outcome: null, responses: [] },
    ...differs,
  };
}

const risk: AlertRisk = {
  rise: 'new reason',
  probability: 0.414,
  confidence: 'high',
  suggestion: 'personal message',
  reasons: ['22 active days in the 4 weeks before, 0 in the last 2'],
  contract: ['trial ends on 2026-11-28'],
};

function show(kind: AlertKind, alerts: AlertView[], differs: Partial<AlertMessageView> = {}) {
  const { embeds, components } = alertMessage({ kind, alerts, counted: 0, disputes: null, ...differs });
  return { title: embeds[0]?.title, text: embeds[0]?.description ?? '', components };
}

describe('an alert', () => {
  it.each<[AlertKind, Partial<AlertView>, string[]]>([
    ['failed_payment', {}, [`€49.00 couldn’t be charged, 3 times. Period ends ${f} (${R}).`]],
    ['cancellation', {}, [`Won’t renew. Reason given: too expensive. Access ends ${f} (${R}).`]],
    ['trial', { status: 'trialing' }, [`Won’t be charged after the trial. It ends ${f} (${R}).`]],
    ['trial', { status: 'expired' }, ['Ended without a payment.']],
    [
      'dispute',
      { status: 'needs_response' },
      [`€49.00 is disputed. Answer it in Whop’s dashboard. An answer is taken until ${f} (${R}).`],
    ],
    [
      'dispute',
      { status: 'warning_needs_response', amount: null, dueAt: null },
      ['A payment may be disputed: the bank warns of it, and refunding may prevent it.'],
    ],
    [
      'churn',
      { risk: { ...risk, rise: 'high band', confidence: 'prior', reasons: [], contract: [] } },
      [
        'At high risk now, by a prior that isn’t learned here yet.',
        `Write to them personally, and ask what is missing. Next bill ${f} (${R}).`,
      ],
    ],
    [
      'churn',
      { risk },
      [
        'Still at high risk, for a new reason: 41 % likely to leave within 30 days.',
        '- 22 active days in the 4 weeks before, 0 in the last 2',
        'Certain: trial ends on 2026-11-28.',
        `Write to them personally, and ask what is missing. Next bill ${f} (${R}).`,
      ],
    ],
  ])('of a %s says who, what they pay, why, and the date that matters (%j)', (kind, differs, lines) => {
    expect(show(kind, [alert(differs)]).text).toBe(['**@ada** · Gold · $29.99 MRR', ...lines].join('\n'));
  });

  it('shows names as they are, and links, formats and pings nobody', () => {
    const { text } = show('cancellation', [alert({ username: '*a*[x](https://e.vil)', plan: '<@1> @everyone `x`' })]);
    expect(text).toContain('**@\\*a\\*\\[x](https://e.vil)** · \\<@1> @everyone \\`x\\`');
  });

  it('shows who did what, and what became of it', () => {
    const responses = [{ response: 'contacted', by: '42', at } as const, { response: 'snooze', by: null, at } as const];
    const { text } = show('trial', [alert({ responses, outcome: { is: 'stayed', at } })]);
    expect(text).toContain(`✉️ Contacted by <@42> ${f}\n💤 Snoozed for 7 days ${f}\n➡️ **Stayed** ${f}`);
  });

  it('has a button to show the member, where one can and may be shown', () => {
    const last = (differs: Partial<AlertView>) => show('trial', [alert(differs)]).components[0]?.components.at(-1);
    expect(last({})).toMatchObject({ label: 'Show member', custom_id: 'member member=user_1' });
    expect(last({ memberId: 'mem_1' })).toMatchObject({ label: 'Not a risk' });
    expect(last({ optedOut: true })).toMatchObject({ label: 'Not a risk' });
  });
});

describe('a message about several', () => {
  it('numbers them and their buttons, and counts the others', () => {
    const { title, text, components } = show('failed_payment', [alert(), alert()], { counted: 7 });
    expect(title).toBe('9 payments failed');
    expect(text).toMatch(/^\*\*1\.\*\* [\s\S]*\n\n\*\*2\.\*\* [\s\S]*\n\n… and 7 more$/);
    expect(components.map((row) => row.components[0]?.label)).toEqual(['1. Contacted', '2. Contacted']);
  });

  it.each(alertKinds)('of the kind %s fits into Discord’s limits, however long the names are', (kind) => {
    const long = {
      username: '*'.repeat(300),
      plan: '_'.repeat(300),
      risk: { ...risk, contract: [], reasons: ['*'.repeat(300)] },
    };
    const responses = (['contacted', 'snooze', 'dismiss'] as const).map((response) => ({
      response,
      by: '4'.repeat(20),
      at,
    }));
    const { text } = show(
      kind,
      Array.from({ length: 5 }, () => alert({ ...long, responses, outcome: { is: 'left', at } })),
    );
    expect(text.length).toBeLessThanOrEqual(4096);
    expect(text.length).toBeGreaterThan(2000);
  });

  it('says that disputes are above Whop’s limit of 2 %, and not at it', () => {
    const of = (opened: number) => show('dispute', [alert()], { disputes: { opened, payments: 100 } }).text;
    expect(of(2)).toMatch(/2 of 100 payments \(2\.0 %\) were disputed; Whop’s limit is 2 %\.$/);
    expect(of(3)).toMatch(/\(3\.0 %\).*\*\*You are above it\.\*\*$/);
    expect(show('dispute', [alert()], { disputes: { opened: 1, payments: 0 } }).text).toContain('1 of 0 payments were');
  });
});
