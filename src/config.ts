import { z } from 'zod';
import { isTimeZone, weekStarts } from './domain/calendar.ts';
import { UserError } from './domain/user-error.ts';

/** The parts of the bot that a process can run. */
const roles = ['gateway', 'web', 'jobs'] as const;
export type Role = (typeof roles)[number];

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const chartKinds = ['local', 'quickchart', 'off'] as const;

const list = z
  .string()
  .transform((text) => text.split(',').map((item) => item.trim()))
  .transform((items) => items.filter((item) => item !== ''));

const url = (protocols: RegExp, example: string) =>
  z.url({ protocol: protocols, error: `must be an address such as ${example}` });
const webAddress = (example: string) => url(/^https?$/, example);
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const days = z.coerce
  .number({ error: 'must be a number of days' })
  .int('must be a whole number of days')
  .min(0, 'must be 0 or more')
  .max(4000, 'must be at most 4000');

/** Every variable that is read, in the order in which `.env.example` and the README list them. */
const variables = z.object({
  DATABASE_URL: url(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/tidewatch').optional(),
  DATA_DIR: z.string().default('./data'),
  HOST: z.string().default('0.0.0.0'),
  PORT: z.coerce
    .number({ error: 'must be a number from 0 to 65535' })
    .int('must be a whole number')
    .min(0, 'must be from 0 to 65535')
    .max(65535, 'must be from 0 to 65535')
    .default(3000),
  PUBLIC_URL: webAddress('https://tidewatch.example.com').optional(),
  DISCORD_TOKEN: z.string().optional(),
  DISCORD_GUILD_IDS: list
    .pipe(z.array(z.string().regex(/^\d{1,20}$/, 'must be guild ids, numbers of 17 to 20 digits, separated by commas')))
    .default([]),
  DISCORD_API_URL: webAddress('https://discord.com/api').default('https://discord.com/api'),
  WHOP_API_KEY: z.string().optional(),
  WHOP_APP_ID: z
    .string()
    .regex(/^app_[\w-]+$/, 'must be an app id such as app_AbCd1234')
    .optional(),
  WHOP_AGENT_USER_ID: z
    .string()
    .regex(/^user_[\w-]+$/, 'must be a user id such as user_AbCd1234')
    .optional(),
  WHOP_COMPANY_ID: z
    .string()
    .regex(/^biz_[\w-]+$/, 'must be a company id such as biz_AbCd1234')
    .optional(),
  WHOP_WEBHOOK_SECRET: list.default([]),
  WHOP_API_URL: webAddress('https://api.whop.com/api/v1').default('https://api.whop.com/api/v1'),
  WHOP_GRAPHQL_ORIGIN: webAddress('https://api.whop.com').default('https://api.whop.com'),
  WHOP_WEBSOCKET_ORIGIN: webAddress('https://ws-prod.whop.com').default('https://ws-prod.whop.com'),
  TIME_ZONE: z.string().refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin').default('UTC'),
  REPORTING_CURRENCY: z
    .string()
    .transform((code) => code.toUpperCase())
    .pipe(z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as USD'))
    .optional(),
  WEEK_START: oneOf(weekStarts).default('monday'),
  ACTIVITY_RETENTION_DAYS: days.default(400),
  ACTIVITY_BACKFILL_DAYS: days.default(30),
  CHARTS: oneOf(chartKinds).default('local'),
  QUICKCHART_URL: webAddress('https://quickchart.example.com').optional(),
  ROLES: list.pipe(z.array(oneOf(roles)).min(1, `must name at least one of ${roles.join(', ')}`)).default([...roles]),
  LOG_LEVEL: oneOf(logLevels).default('info'),
});

const checked = variables.refine(
  ({ CHARTS, QUICKCHART_URL }) => CHARTS !== 'quickchart' || QUICKCHART_URL !== undefined,
  {
    path: ['QUICKCHART_URL'],
    error:
      'is needed with CHARTS=quickchart: the address of a QuickChart server, such as https://quickchart.example.com',
  },
);

export const variableNames = Object.keys(variables.shape);

export type Config = Readonly<ReturnType<typeof parseConfig>>;

/**
 * The whole configuration. A variable that is set but empty counts as absent.
 * @throws UserError that lists every problem at once, and no value
 */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>) {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const result = checked.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
    throw new UserError(`The configuration is wrong: ${[...new Set(problems)].join('; ')}.`);
  }
  const env = result.data;
  return {
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: env.DATA_DIR,
    http: { host: env.HOST, port: env.PORT, publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null },
    discord: { token: env.DISCORD_TOKEN ?? null, guildIds: env.DISCORD_GUILD_IDS, apiUrl: env.DISCORD_API_URL },
    whop: {
      apiKey: env.WHOP_API_KEY ?? null,
      apiUrl: env.WHOP_API_URL,
      appId: env.WHOP_APP_ID ?? null,
      agentUserId: env.WHOP_AGENT_USER_ID ?? null,
      graphqlOrigin: env.WHOP_GRAPHQL_ORIGIN,
      websocketOrigin: env.WHOP_WEBSOCKET_ORIGIN,
      companyId: env.WHOP_COMPANY_ID ?? null,
      webhookSecrets: env.WHOP_WEBHOOK_SECRET,
    },
    company: {
      timeZone: env.TIME_ZONE,
      reportingCurrency: env.REPORTING_CURRENCY ?? null,
      weekStart: env.WEEK_START,
    },
    activity: { retentionDays: env.ACTIVITY_RETENTION_DAYS, backfillDays: env.ACTIVITY_BACKFILL_DAYS },
    charts: { charts: env.CHARTS, quickChartUrl: env.QUICKCHART_URL ?? '' },
    roles: new Set<Role>(env.ROLES),
    logLevel: env.LOG_LEVEL,
  };
}

/** What `npm start` needs beyond what a terminal command needs. */
export function requireDiscordToken(config: Config): string {
  if (config.discord.token !== null) return config.discord.token;
  throw new UserError(
    'DISCORD_TOKEN is missing: set it to the bot token of your application (discord.com/developers, Bot, Reset Token).',
  );
}
