import { randomBytes } from 'node:crypto';
import { GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';

/** What one IDENTIFY began: it outlives its connection, and remembers what was sent. */
export class GatewaySession {
  readonly id = randomBytes(16).toString('hex');
  readonly intents: number;
  socket: WebSocket | null = null;
  readonly #events: { seq: number; text: string }[] = [];

  constructor(intents: number) {
    this.intents = intents;
  }

  get sequence(): number {
    return this.#events.length;
  }

  get connected(): boolean {
    return this.socket?.readyState === 1;
  }

  dispatch(event: string, payload: unknown): void {
    const seq = this.sequence + 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: seq, d: payload });
    this.#events.push({ seq, text });
    if (this.connected) this.socket?.send(text);
  }

  replay(after: number): void {
    for (const { seq, text } of this.#events) if (seq > after) this.socket?.send(text);
  }
}
