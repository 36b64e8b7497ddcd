import { randomBytes } from 'node:crypto';
import { GatewayOpcodes } from 'discord.js';
import type { WebSocket } from 'ws';

/** What a session remembers for whoever resumes it: Discord's own is finite, too. */
const remembered = 10_000;

/** What one IDENTIFY began: it outlives its connection, and remembers what was sent last. */
export class GatewaySession {
  readonly id = randomBytes(16).toString('hex');
  readonly intents: number;
  socket: WebSocket | null = null;
  sequence = 0;
  #events: { seq: number; text: string }[] = [];

  constructor(intents: number) {
    this.intents = intents;
  }

  get connected(): boolean {
    return this.socket?.readyState === 1;
  }

  dispatch(event: string, payload: unknown): void {
    this.sequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: this.sequence, d: payload });
    this.#events.push({ seq: this.sequence, text });
    if (this.#events.length >= 2 * remembered) this.#events = this.#events.slice(-remembered);
    if (this.connected) this.socket?.send(text);
  }

  canReplay(after: number): boolean {
    return after <= this.sequence && after + 1 >= (this.#events[0]?.seq ?? 1);
  }

  replay(after: number): void {
    for (const { seq, text } of this.#events) if (seq > after) this.socket?.send(text);
  }
}
