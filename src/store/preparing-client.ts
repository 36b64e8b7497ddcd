import type { Writable } from 'node:stream';
import pg from 'pg';

/** More than the program has statements: text that is made anew each time must not fill the server's memory. */
const mostNames = 500;
const names = new Map<string, string>();

/**
 * A connection on which each statement with parameters is prepared the first time that it is sent: Postgres parses and plans it
 * once, which for many of ours takes longer than running them. Statements are told apart by their text. What is asked at once
 * leaves in one write.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // node-postgres takes a statement in a dozen ways; only text beside its parameters, as all of ours come, is changed.
    const query = this.query.bind(this);
    this.query = new Proxy(query, {
      apply: (send, self, [text, values, ...others]: unknown[]) => {
        gatherWrites(this.connection.stream);
        return typeof text === 'string' && Array.isArray(values)
          ? Reflect.apply(send, self, [prepared(text, values), ...others])
          : Reflect.apply(send, self, [text, values, ...others]);
      },
    });
  }
}

/** Each write is a call of the system that wakes Postgres: it waits for what the microtasks under way ask as well. */
function gatherWrites(stream: Writable): void {
  if (stream.writableCorked > 0) return;
  stream.cork();
  process.nextTick(() => stream.uncork());
}

function prepared(text: string, values: unknown[]): pg.QueryConfig {
  const known = names.get(text);
  if (known !== undefined) return { name: known, text, values };
  if (names.size >= mostNames) return { text, values };
  const name = `tidewatch_${names.size}`;
  names.set(text, name);
  return { name, text, values };
}
