import { type RawData, WebSocket } from 'ws';

type Times = {
  /** How often the other side is asked whether it is still there (30 s); where it doesn't answer until the next, it isn't. */
  pingMs?: number;
  /** A connection is told to be over no sooner than this after its beginning (5 s), so that one which is refused isn't tried again at once. */
  leastMs?: number;
};

/** More than any post. */
const maxPayload = 1024 * 1024;
const handshakeTimeout = 10_000;

/**
 * A `WebSocket` for `@whop/api`'s client, which Node.js 20 has none for. That client writes what it can't parse, and errors
 * with the request in them, to the console, and doesn't notice a connection that is silently dead. So this one hands on only
 * what is JSON, tells of an error no more than that it is over, and asks for signs of life. Its constructor never throws.
 */
export function quietSocketClass({ pingMs = 30_000, leastMs = 5_000 }: Times = {}) {
  return class QuietSocket {
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onerror: (() => void) | null = null;
    onclose: (() => void) | null = null;
    readonly #startedAt = performance.now();
    readonly #socket: WebSocket | null;
    #isAlive = true;
    #pinging: NodeJS.Timeout | undefined;

    constructor(url: URL, { headers }: { headers: Record<string, string> }) {
      this.#socket = this.#open(url, headers);
      if (this.#socket === null) this.#end();
    }

    send(text: string): void {
      this.#socket?.send(text);
    }

    close(): void {
      clearInterval(this.#pinging);
      this.#socket?.close();
    }

    #open(url: URL, headers: Record<string, string>): WebSocket | null {
      try {
        const socket = new WebSocket(url, { headers, maxPayload, handshakeTimeout });
        socket.on('open', () => this.#begin(socket));
        socket.on('message', (data) => this.#hand(data));
        socket.on('pong', () => {
          this.#isAlive = true;
        });
        // What ends a connection is told twice, as an error and as its end.
        socket.on('error', () => undefined);
        socket.on('close', () => this.#end());
        return socket;
      } catch {
        return null;
      }
    }

    #begin(socket: WebSocket): void {
      this.#pinging = setInterval(() => {
        if (!this.#isAlive) return socket.terminate();
        this.#isAlive = false;
        socket.ping();
      }, pingMs).unref();
      this.onopen?.();
    }

    #hand(data: RawData): void {
      const text = data.toString();
      if (isObject(text)) this.onmessage?.({ data: text });
    }

    #end(): void {
      clearInterval(this.#pinging);
      const waitMs = Math.max(0, leastMs - (performance.now() - this.#startedAt));
      setTimeout(() => this.onclose?.(), waitMs).unref();
    }
  };
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
