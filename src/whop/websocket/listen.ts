import { type ActivityBuffer, createActivityBuffer } from '../../ingest/activities/activity-buffer.ts';
import type { Json } from '../../ingest/delivery.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import type { Log } from '../../log.ts';
import { createServerSdk, type SocketClient } from '../server-sdk.ts';
import { postActivity } from './post-activity.ts';
import { quietSocketClass } from './quiet-socket.ts';

export type ListenParts = {
  /** Whose eyes it sees with: the bot's own user on Whop. */
  account: { apiKey: string; appId: string; agentUserId: string };
  /** `https://ws-prod.whop.com` */
  origin: string;
  ingest: Pick<Ingest, 'recordActivities'>;
  /** Whose each chat feed and each forum's experience is that is known. */
  readPlaces(): Promise<ReadonlyMap<string, string>>;
  log: Log;
  /** Milliseconds, for tests; see `quietSocketClass`. */
  times?: Parameters<typeof quietSocketClass>[0];
};

export type Listening = {
  /** Resolves once what was told is committed, or 5 s have passed. */
  stop(): Promise<void>;
};

const placesEveryMs = 60_000;
const stopWithinMs = 5_000;

/**
 * Counts what people write in Whop's chats and forums as its websocket tells it. What it misses, or there is no room for, is
 * found when the chats are read. Whatever happens to the connection ends nothing else.
 */
export function listenToWhop({ account, origin, ingest, readPlaces, log, times }: ListenParts): Listening {
  const { apiKey: appApiKey, appId, agentUserId: onBehalfOfUserId } = account;
  const buffer = createActivityBuffer({ record: ingest.recordActivities, log });
  const places = keepReading(readPlaces, log);
  const client = createServerSdk({ appApiKey, appId, onBehalfOfUserId, websocketOrigin: origin }).websockets.client();
  const giveBack = lendWebSocket(quietSocketClass(times));
  // The client writes a message to the console where one who listens throws.
  client.on('message', (message: Json) => keepPost(message, places.companyOf, buffer));
  logConnection(client, log);
  let isStopped = false;
  void places.read.then(() => isStopped || client.connect());
  return {
    async stop() {
      isStopped = true;
      client.disconnect();
      giveBack();
      places.stop();
      await buffer.stop(stopWithinMs);
    },
  };
}

type CompanyOf = (placeId: string) => string | null;

function keepPost(message: Json, companyOf: CompanyOf, buffer: ActivityBuffer): void {
  const activity = postActivity(message, companyOf);
  if (activity !== null) buffer.add({ activity, isReadable: true });
}

type Places = { companyOf: CompanyOf; read: Promise<void>; stop(): void };

/** `read` is over after the first attempt. */
function keepReading(readPlaces: ListenParts['readPlaces'], log: Log): Places {
  let known: ReadonlyMap<string, string> = new Map();
  const read = async () => {
    try {
      known = await readPlaces();
    } catch {
      log.warn('channels of Whop not read, to be tried again');
    }
  };
  const timer = setInterval(read, placesEveryMs);
  return { companyOf: (placeId) => known.get(placeId) ?? null, read: read(), stop: () => clearInterval(timer) };
}

/** The client takes what is global whenever it connects again. */
function lendWebSocket(socketClass: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  Object.defineProperty(globalThis, 'WebSocket', { value: socketClass, configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'WebSocket');
    else Object.defineProperty(globalThis, 'WebSocket', before);
  };
}

/** Once for each change: while Whop isn't reached, the client says so at each attempt. */
function logConnection(client: SocketClient, log: Log): void {
  let isConnected: boolean | null = null;
  client.on('connect', () => {
    isConnected = true;
    log.info('websocket of Whop connected');
  });
  client.on('disconnect', () => {
    if (isConnected !== false) log.warn('websocket of Whop not connected, to be tried again');
    isConnected = false;
  });
}
