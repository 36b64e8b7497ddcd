import { UserError } from '../domain/user-error.ts';

export type Outcome = { state: 'ok' | 'problem' | 'skipped'; text: string };

export type Finding = Outcome & { name: string };

/** One thing to look at. What it throws as a UserError is a problem, too: such a message says what to do. */
export type Check<Subject> = {
  name: string;
  /** The names of checks without which this one says nothing: it is skipped where one of them isn't well. */
  needs: readonly string[];
  run(subject: Subject): Promise<Outcome> | Outcome;
};

export function ok(text: string): Outcome {
  return { state: 'ok', text };
}

export function problem(what: string, todo: string): Outcome {
  return { state: 'problem', text: `${what}: ${todo}` };
}

export function skipped(why: string): Outcome {
  return { state: 'skipped', text: why };
}

export async function runChecks<Subject>(checks: readonly Check<Subject>[], subject: Subject): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const before = findings.find(({ name, state }) => check.needs.includes(name) && state !== 'ok');
    const outcome = before === undefined ? await outcomeOf(check, subject) : skipped(`${before.name} comes first`);
    findings.push({ name: check.name, ...outcome });
  }
  return findings;
}

async function outcomeOf<Subject>({ run }: Check<Subject>, subject: Subject): Promise<Outcome> {
  try {
    return await run(subject);
  } catch (error) {
    if (error instanceof UserError) return { state: 'problem', text: error.message };
    throw error;
  }
}
