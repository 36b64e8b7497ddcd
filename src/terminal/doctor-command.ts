import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { parseCompanyId } from '../arguments.ts';
import { type Config, parseConfig } from '../config.ts';
import { type Finding, runChecks } from '../doctor/check.ts';
import { checks } from '../doctor/checks.ts';
import { createPatient } from '../doctor/patient.ts';
import { registerWebhook } from '../doctor/register-webhook.ts';
import type { Log } from '../log.ts';
import { reconcileCompany } from '../reconcile.ts';
import { reconciliationText } from '../render/reconciliation-text.ts';
import { createWhopClient } from '../whop/rest/client.ts';
import { createProgressView } from '../whop/rest/progress-view.ts';
import { nameCompany } from './company.ts';
import { stopOnSignal, untilStopped } from './stop-on-signal.ts';
import type { Terminal } from './terminal.ts';
import { unlessUnderWay } from './under-way.ts';

/** `cli doctor`: says what is wrong and what to do, and on request heals, or registers the webhook. */
export function addDoctorCommand(program: CommandUnknownOpts, { environment, log }: Terminal): void {
  program
    .command('doctor')
    .description('check the settings and what they lead to, and say what to do')
    .option('--json', 'print the findings as JSON and nothing else')
    .option('--reconcile', 'also read again what changed, and compare figures with Whop’s own')
    .option('--register-webhook <address>', 'make the webhook at Whop, to the bot at this https address')
    .option('--company <id>', 'the company of these two, biz_… (default: WHOP_COMPANY_ID)', parseCompanyId)
    .action(async ({ json, reconcile, registerWebhook: address, company }, command) => {
      const acts = reconcile === true || address !== undefined;
      if (company !== undefined && !acts) command.error('error: --company goes with --reconcile or --register-webhook');
      if (json && acts) command.error('error: --json goes with neither --reconcile nor --register-webhook');
      const companyOf = (config: Config) => company ?? config.whop.companyId ?? command.error(nameCompany);
      const stopping = stopOnSignal();
      if (address !== undefined) return makeWebhook(address, parseConfig(environment), { companyOf, stopping });
      await untilStopped(stopping, async () => {
        const findings = await examine({ environment, log }, stopping);
        printFindings(findings, json === true);
        if (!reconcile || findings.some(preventsReconciling)) return;
        const config = parseConfig(environment);
        await runReconciliation(companyOf(config), config, { log, stopping });
      });
    });
}

async function examine(terminal: Terminal, stopping: AbortSignal): Promise<Finding[]> {
  const patient = createPatient({ ...terminal, stopping });
  return runChecks(checks, patient).finally(patient.close);
}

const marks = { ok: 'ok  ', skipped: 'skip', problem: 'WRONG' } as const;

function printFindings(findings: readonly Finding[], json: boolean): void {
  const lines = findings.map(({ state, name, text }) => `${marks[state]} ${name}: ${text}\n`);
  process.stdout.write(json ? `${JSON.stringify(findings)}\n` : lines.join(''));
  if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1;
}

/** It has been said already what is wrong. */
function preventsReconciling({ state, name }: Finding): boolean {
  return state === 'problem' && ['Settings', 'Database'].includes(name);
}

async function runReconciliation(
  companyId: string,
  config: Config,
  { log, stopping }: { log: Log; stopping: AbortSignal },
): Promise<void> {
  stopping.throwIfAborted();
  const watch = createProgressView(process.stdout, process.stderr, Date.now());
  const outcome = await reconcileCompany(companyId, config, { log, stopping, watch }).finally(watch.end);
  const { lists, compared } = unlessUnderWay(outcome);
  process.stdout.write(reconciliationText({ lists, compared }));
  if (lists.some(({ refusal }) => refusal !== null)) process.exitCode = 1;
}

type Making = { companyOf: (config: Config) => string; stopping: AbortSignal };

/** Whoever reads this needs the secret, and Whop tells it nobody a second time. */
async function makeWebhook(address: string, config: Config, { companyOf, stopping }: Making): Promise<void> {
  const probing = { client: createWhopClient(config.whop), companyId: companyOf(config), now: Date.now(), stopping };
  const { url, secret } = await registerWebhook(address, probing);
  const others = config.whop.webhookSecrets.length > 0 ? ', with a comma before those that are there' : '';
  process.stdout.write(
    `Whop sends to ${url} from now on. Whop tells the secret this once: put it into .env${others}, and restart the bot.\n` +
      `WHOP_WEBHOOK_SECRET=${secret}\n`,
  );
}
