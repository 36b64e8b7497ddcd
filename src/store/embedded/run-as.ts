import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';

export type Ids = { readonly uid: number; readonly gid: number };

/** Without ids: as ourselves. `setpriv` is what that program is told where a capability is to be kept; else empty. */
export type RunAs = { readonly ids?: Ids; readonly setpriv: readonly string[] };

// Postgres's programs listen to many variables (PGDATA, PGPORT, LC_ALL …); they get what we mean and nothing else.
const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' };

type Options = { stdio: StdioOptions; detached?: boolean };

export function spawnAs(runAs: RunAs, program: string, args: readonly string[], options: Options): ChildProcess {
  const settings = { ...options, env, cwd: '/' };
  if (runAs.setpriv.length > 0) return spawn('setpriv', [...runAs.setpriv, '--', program, ...args], settings);
  return spawn(program, args, { ...settings, ...runAs.ids });
}

export function run(
  runAs: RunAs,
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawnAs(runAs, program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
