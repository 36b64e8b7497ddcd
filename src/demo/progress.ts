export type Progress = { step(): void };

type Terminal = { readonly isTTY?: boolean; write(text: string): unknown };

const barWidth = 30;

/** How far it has got: a bar on a terminal, elsewhere a line at each quarter. */
export function createProgress(terminal: Terminal, total: number): Progress {
  const parts = terminal.isTTY === true ? 200 : 4;
  let done = 0;
  return {
    step() {
      done += 1;
      const crossed = Math.floor((done * parts) / total) > Math.floor(((done - 1) * parts) / total);
      if (crossed) terminal.write(terminal.isTTY === true ? bar(done, total) : `${counted(done, total)}\n`);
    },
  };
}

function bar(done: number, total: number): string {
  const filled = Math.round((done / total) * barWidth);
  const drawn = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
  return `\r${drawn} ${counted(done, total)}${done === total ? '\n' : ''}`;
}

function counted(done: number, total: number): string {
  const percent = String(Math.floor((done / total) * 100)).padStart(3);
  return `${percent} %  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} deliveries`;
}
