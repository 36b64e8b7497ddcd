import type { Server } from 'node:http';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayIdentifyData,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayReadyDispatchData,
  type GatewayResumeData,
} from 'discord.js';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { GatewaySession } from './gateway-session.ts';
import { type FakeGuild, guildCreate } from './guilds.ts';
import { botUser, NO_FLAGS } from './people.ts';

export type GatewayWorld = {
  token: string;
  applicationId: string;
  guilds: ReadonlyMap<string, FakeGuild>;
  gatewayUrl(): string;
};

const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent;

const message = z.discriminatedUnion('op', [
  z.object({ op: z.literal(GatewayOpcodes.Heartbeat), d: z.number().nullable() }),
  z.object({ op: z.literal(GatewayOpcodes.Identify), d: z.custom<GatewayIdentifyData>() }),
  z.object({ op: z.literal(GatewayOpcodes.Resume), d: z.custom<GatewayResumeData>() }),
  z.object({ op: z.literal([3, 4, 8]), d: z.unknown() }),
]);

/** Discord's gateway, version 10, JSON without compression. */
export class FakeGateway {
  readonly identifies: GatewayIdentifyData[] = [];
  readonly resumes: GatewayResumeData[] = [];
  /** Connections that were tried, refused ones included. */
  attempts = 0;
  /** The privileged intents that the application may ask for. */
  privilegedIntents = 0;
  /** Closes every IDENTIFY with this code. */
  closeIdentifyWith: number | null = null;
  heartbeatIntervalMs = 41_250;
  heartbeats = 0;
  readonly #world: GatewayWorld;
  readonly #sessions = new Map<string, GatewaySession>();
  readonly #server = new WebSocketServer({ noServer: true });
  #refusing = false;

  constructor(http: Server, world: GatewayWorld) {
    this.#world = world;
    http.on('upgrade', (request, socket, head) => {
      this.attempts += 1;
      if (this.#refusing) socket.destroy();
      else this.#server.handleUpgrade(request, socket, head, (connection) => this.#greet(connection));
    });
  }

  /** Sessions that hold a connection just now. */
  get connected(): number {
    return [...this.#sessions.values()].filter((session) => session.connected).length;
  }

  dispatch(event: GatewayDispatchEvents, payload: unknown): void {
    for (const session of this.#sessions.values()) session.dispatch(event, payload);
  }

  /** Ends the connections as a broken line does; sessions wait to be resumed. */
  cut(): void {
    for (const connection of this.#server.clients) connection.terminate();
  }

  refuseConnections(refusing: boolean): void {
    this.#refusing = refusing;
  }

  /** op 9: nothing is resumed, what is sent before the next IDENTIFY is lost. */
  invalidateSessions(): void {
    const sockets = [...this.#sessions.values()].map((session) => session.socket);
    this.#sessions.clear();
    for (const socket of sockets) socket?.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
  }

  /** op 7: asks the clients to connect again and resume. */
  askToReconnect(): void {
    for (const { socket } of this.#sessions.values()) {
      socket?.send(JSON.stringify({ op: GatewayOpcodes.Reconnect, d: null }));
    }
  }

  close(): void {
    this.cut();
    this.#server.close();
  }

  #greet(socket: WebSocket): void {
    socket.on('message', (bytes) => {
      const parsed = message.safeParse(JSON.parse(String(bytes)));
      if (parsed.success) this.#receive(socket, parsed.data);
      else socket.close(GatewayCloseCodes.DecodeError);
    });
    socket.on('close', (code) => this.#forgetOrderlyClosed(socket, code));
    socket.send(JSON.stringify({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: this.heartbeatIntervalMs } }));
  }

  #receive(socket: WebSocket, received: z.infer<typeof message>): void {
    if (received.op === GatewayOpcodes.Heartbeat) {
      this.heartbeats += 1;
      socket.send(JSON.stringify({ op: GatewayOpcodes.HeartbeatAck }));
    } else if (received.op === GatewayOpcodes.Identify) this.#identify(socket, received.d);
    else if (received.op === GatewayOpcodes.Resume) this.#resume(socket, received.d);
  }

  #identify(socket: WebSocket, identify: GatewayIdentifyData): void {
    this.identifies.push(identify);
    const code = this.#objection(identify);
    if (code === null) this.#begin(socket, identify);
    else socket.close(code);
  }

  #begin(socket: WebSocket, identify: GatewayIdentifyData): void {
    const session = new GatewaySession(identify.intents);
    session.socket = socket;
    this.#sessions.set(session.id, session);
    session.dispatch(GatewayDispatchEvents.Ready, this.#ready(session, identify));
    if ((identify.intents & GatewayIntentBits.Guilds) === 0) return;
    for (const guild of this.#world.guilds.values()) {
      session.dispatch(GatewayDispatchEvents.GuildCreate, guildCreate(guild, botUser(this.#world.applicationId)));
    }
  }

  #objection({ token, intents }: GatewayIdentifyData): number | null {
    if (this.closeIdentifyWith !== null) return this.closeIdentifyWith;
    if (token !== this.#world.token) return GatewayCloseCodes.AuthenticationFailed;
    return (intents & PRIVILEGED & ~this.privilegedIntents) === 0 ? null : GatewayCloseCodes.DisallowedIntents;
  }

  #ready(session: GatewaySession, { shard }: GatewayIdentifyData): GatewayReadyDispatchData {
    const { applicationId, guilds } = this.#world;
    return {
      v: 10,
      user: botUser(applicationId),
      guilds: [...guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.#world.gatewayUrl(),
      application: { id: applicationId, flags: NO_FLAGS, flags_new: '0' },
      ...(shard && { shard }),
    };
  }

  #resume(socket: WebSocket, resume: GatewayResumeData): void {
    this.resumes.push(resume);
    const session = this.#sessions.get(resume.session_id);
    if (!session || resume.token !== this.#world.token || !session.canReplay(resume.seq)) {
      socket.send(JSON.stringify({ op: GatewayOpcodes.InvalidSession, d: false }));
      return;
    }
    session.socket = socket;
    session.replay(resume.seq);
    session.dispatch(GatewayDispatchEvents.Resumed, {});
  }

  /** 1000 and 1001 mean that the client won't come back for its session. */
  #forgetOrderlyClosed(socket: WebSocket, code: number): void {
    for (const [id, session] of this.#sessions) {
      if (session.socket === socket && (code === 1000 || code === 1001)) this.#sessions.delete(id);
    }
  }
}
