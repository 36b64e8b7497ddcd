import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../src/app.ts';
import { parseConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { type FakeDiscord, startFakeDiscord } from './support/discord/fake-discord.ts';
import { generations } from './support/whop/generations.ts';
import { type Signed, webhookSecret } from './support/whop/sign.ts';
import { claim, companyId, membership, payment } from './support/whop/sketch.ts';

const now = Date.now();
const daysAgo = (days: number) => now - days * 86_400_000;

type Thing = Parameters<typeof JSON.stringify>[0];

/** A creator sells two plans, and three people have bought them. */
function deliveries(): Signed[] {
  const { legacy, current, recent } = generations;
  const at = daysAgo(40);
  const plan = (id: string, title: string, price: number, billing_period: number) =>
    signed('current', 'plan.created', { id, title, renewal_price: price, ...planTerms, billing_period });

  const ada = payment({
    id: 'pay_ada',
    userId: 'user_ada',
    membershipId: 'mem_ada',
    planId: 'plan_month',
    createdAt: daysAgo(3),
  });
  const ben = { ...ada, id: 'pay_ben', userId: 'user_ben', membershipId: 'mem_ben', total: 49, createdAt: daysAgo(4) };
  const cleo = {
    ...ada,
    id: 'pay_cleo',
    userId: 'user_cleo',
    membershipId: 'mem_cleo',
    planId: 'plan_year',
    total: 120,
  };
  const past = payment({
    id: 'pay_past',
    userId: 'user_ben',
    membershipId: 'mem_ben',
    planId: 'plan_month',
    createdAt: at,
    updatedAt: at,
  });
  const back = claim({ id: 'rfnd_1', payment: ada, amount: 10.5, createdAt: daysAgo(1) });
  return [
    plan('plan_month', 'Pro *monthly*', 29.99, 30),
    plan('plan_year', 'Pro yearly 🌊', 120, 365),
    signed(
      'current',
      'membership.activated',
      current.membership(membership({ id: 'mem_ada', userId: 'user_ada', createdAt: at })),
    ),
    signed(
      'legacy',
      'membership.went_valid',
      legacy.membership(membership({ id: 'mem_ben', userId: 'user_ben', createdAt: at })),
    ),
    signed(
      'recent',
      'membership.activated',
      recent.membership(membership({ id: 'mem_cleo', userId: 'user_cleo', createdAt: at })),
    ),
    signed('current', 'payment.succeeded', current.payment(ada)),
    signed('legacy', 'payment.succeeded', legacy.payment(ben)),
    signed('legacy', 'payment.succeeded', legacy.payment({ ...past, total: 29.99 })),
    signed('recent', 'payment.succeeded', recent.payment(cleo)),
    signed('recent', 'refund.created', recent.refund(back)),
    signed('current', 'invoice.paid', { id: 'inv_1', fetch_invoice_token: 'secret-token' }),
  ];
}

const planTerms = { plan_type: 'renewal', currency: 'usd', initial_price: 0, product: { id: 'prod_1', title: 'Pro' } };

function signed(generation: keyof typeof generations, type: string, data: Thing): Signed {
  const { envelope, sign } = generations[generation];
  return sign(JSON.stringify(envelope(type, data, { at: now })), { at: now });
}

/** Everything twice, in an order that a network could have made of it. */
function disordered(all: readonly Signed[]): Signed[] {
  const twice = [...all, ...all];
  const [order] = fc.sample(fc.shuffledSubarray(twice, { minLength: twice.length }), { numRuns: 1 });
  return order ?? [];
}

describe('a creator who sells on Whop and asks in Discord', () => {
  let testDatabase: TestDatabase;
  let discord: FakeDiscord;
  let app: App;

  beforeAll(async () => {
    [testDatabase, discord] = await Promise.all([createTestDatabase(), startFakeDiscord()]);
    const environment = {
      DATABASE_URL: testDatabase.connectionString,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_GUILD_IDS: discord.guildId,
      WHOP_COMPANY_ID: companyId,
      WHOP_WEBHOOK_SECRET: `ws_another,${webhookSecret}`,
      HOST: '127.0.0.1',
      PORT: '0',
    };
    discord.addGuild('Stranger');
    app = await startApp(parseConfig(environment), createLog('silent'));
  });

  afterAll(async () => {
    await app.stop();
    await discord.stop();
    await testDatabase.drop();
  });

  it('sees nothing that isn’t there before anything has happened', async () => {
    const { text } = await discord.slash({ command: 'stats', subcommand: 'revenue' });
    expect(text).toContain('MRR\n**$0.00**');
    expect(text).toContain('ARPU\nnot available: nobody pays in USD at this time');
    expect(text).toContain('Nothing has arrived from Whop for this company yet');
  });

  it('has every signed delivery of each generation taken, in any order and again', async () => {
    const send = ({ body, headers }: Signed) => fetch(`${app.url}/webhooks/whop`, { method: 'POST', body, headers });
    const answers = await Promise.all(disordered(deliveries()).map(send));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  it('reads the exact figures, alone, beside a chart', async () => {
    const answer = await discord.slash({ command: 'stats', subcommand: 'revenue' });
    expect(answer.acknowledgedAfterMs).toBeLessThan(3000);
    expect(answer.ephemeral).toBe(true);
    expect(answer.allowedMentions).toEqual({ parse: [] });
    expect(answer.text).toContain('Revenue · Tide Club');
    // 29.99 + 49.00 + 120.00 / 12; Ben has paid 29.99 before, in the period before this one.
    expect(answer.text).toContain('MRR\n**$88.99**\n▲ 196.7%');
    expect(answer.text).toContain('ARR\n**$1,067.88**');
    expect(answer.text).toContain('Paying customers\n**3**\n▲ 200.0%');
    expect(answer.text).toContain('ARPU\n**$29.66**\n▼ 1.1%');
    expect(answer.text).toContain('Gross revenue\n**$198.99**');
    expect(answer.text).toContain('Net revenue\n**$188.49**');
    expect(answer.text).toContain('Refunds: **$10.50**');
    expect(answer.text).toContain('Payments succeeded: **3**');
    expect(answer.text).toContain('Pro \\*monthly\\*: MRR $78.99 · Customers 2 · Gross revenue $78.99');
    expect(answer.text).toContain('Pro yearly 🌊: MRR $10.00 · Customers 1 · Gross revenue $120.00');
    expect(answer.files.map(({ name }) => name)).toEqual(['revenue.png']);
    expect(Buffer.from(answer.files[0]?.bytes ?? []).toString('latin1')).toMatch(/^\x89PNG\r\n/);
    expect(answer.embeds[0]?.image?.url).toBe('attachment://revenue.png');
  });

  it('changes the period in place with a button', async () => {
    const asked = await discord.slash({ command: 'stats', subcommand: 'revenue', options: { public: true } });
    const pressed = await discord.press(asked, '90 days');
    expect(pressed.messageId).toBe(asked.messageId);
    expect(pressed.ephemeral).toBe(false);
    expect(pressed.text).toContain('Last 90 days');
    expect(pressed.text).toContain('Gross revenue\n**$228.98**');
    expect(pressed.files).toHaveLength(1);
  });

  it('shows it to nobody who may not see it', async () => {
    const asked = await discord.slash({ command: 'stats', subcommand: 'revenue', options: { public: true } });
    const refused = await discord.press(asked, '7 days', { userId: '99999999999999999', permissions: '0' });
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).not.toContain('$');
    const stranger = [...discord.guilds.values()].find(({ name }) => name === 'Stranger');
    const elsewhere = await discord.slash({ command: 'stats', subcommand: 'revenue', guildId: stranger?.id ?? null });
    expect(elsewhere.text).toContain('isn’t connected');
    expect(elsewhere.text).not.toContain('$');
  });

  it('is offered plans while typing, and sees one alone', async () => {
    const asking = { command: 'stats', subcommand: 'revenue', options: { plan: 'year' } };
    const { choices } = await discord.autocomplete(asking);
    expect(choices).toEqual([{ name: 'Pro yearly 🌊', value: 'plan_year' }]);
    const { text } = await discord.slash({ ...asking, options: { plan: 'plan_year' } });
    expect(text).toContain('MRR\n**$10.00**');
    expect(text).toContain('Gross revenue\n**$120.00**');
    expect(text).toContain('Paying customers\n**1**');
    expect(text).toContain('Only Pro yearly 🌊');
    const unknown = await discord.slash({ ...asking, options: { plan: 'plan_nowhere' } });
    expect(unknown.text).toBe('I don’t know this plan. I know: plan_month, plan_year.');
    const stranger = [...discord.guilds.values()].find(({ name }) => name === 'Stranger');
    const elsewhere = await discord.autocomplete({ ...asking, guildId: stranger?.id ?? null });
    expect(elsewhere.choices).toEqual([]);
  });

  it('learns from /status that all is well, and from /help what to ask', async () => {
    const status = await discord.slash({ command: 'status' });
    expect(status.text).toContain('Tidewatch is well');
    expect(status.text).toContain('Deliveries\n11');
    expect(status.text).toContain('Not understood\nnone');
    expect((await discord.slash({ command: 'help' })).text).toContain('/stats revenue');
  });
});
