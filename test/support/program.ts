import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program of ours in a process of its own, as people start it. */
export type Program = {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Waits for a line that holds this; throws with all that was said where the program ends before. */
  until(text: string): Promise<void>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
};

export type Environment = Readonly<Record<string, string>>;

/** The bot or the CLI, without the shell that npm puts in between. */
export function startProgram(file: 'src/main.ts' | 'src/cli.ts', args: readonly string[], env: Environment): Program {
  return startScript(file, args, env);
}

/** @param options Node's own */
export function startScript(
  file: string,
  args: readonly string[],
  env: Environment,
  options: readonly string[] = [],
): Program {
  return start(process.execPath, [...options, '--import', 'tsx', file, ...args], env);
}

export function startNpm(args: readonly string[], env: Environment): Program {
  return start('npm', args, env);
}

function start(command: string, args: readonly string[], env: Environment): Program {
  const inherited = { PATH: process.env.PATH, HOME: process.env.HOME };
  const child = spawn(command, args, { env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    said.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.stderr += chunk;
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }));
  return {
    child,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    ended,
    until: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (said.stdout.includes(text)) resolve();
        };
        look();
        child.stdout.on('data', look);
        void ended.then(() => reject(new Error(`ended before "${text}":\n${said.stdout}${said.stderr}`)));
      }),
  };
}

/** Runs the CLI to its end. */
export async function runCli(args: readonly string[], env: Environment) {
  const program = startProgram('src/cli.ts', args, env);
  const { code } = await program.ended;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}
