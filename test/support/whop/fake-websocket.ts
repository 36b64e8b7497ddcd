import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export type FakeWebsocket = {
  /** What WHOP_WEBSOCKET_ORIGIN is set to. */
  readonly origin: string;
  /** Of each connection, its path and headers. */
  readonly asked: { path: string | undefined; headers: IncomingHttpHeaders }[];
  /** Resolves once so many connections have been made. */
  connections(count: number): Promise<void>;
  /** As text to everybody who is connected; resolves once all that was sent is received. */
  send(...texts: string[]): Promise<void>;
  /** Ends the connections as a broken line does. */
  cut(): void;
  /** Answers no ping from now on. */
  fallSilent(): void;
  stop(): Promise<void>;
};

/** Whop's websocket, as far as one who listens can tell. */
export async function startFakeWebsocket(apiKey = 'key'): Promise<FakeWebsocket> {
  const http = createServer((_request, response) => response.writeHead(404).end());
  const asked: FakeWebsocket['asked'] = [];
  const sockets = new WebSocketServer({ noServer: true });
  const waiting = new Set<() => void>();
  http.on('upgrade', (request, socket, head) => {
    const isLetIn = request.headers.authorization === `Bearer ${apiKey}`;
    if (!isLetIn) socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    else
      sockets.handleUpgrade(request, socket, head, () => {
        asked.push({ path: request.url, headers: request.headers });
        for (const look of waiting) look();
      });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address: AddressInfo | string | null = http.address();
  const port = typeof address === 'object' ? address?.port : null;
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    connections: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (asked.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async send(...texts) {
      await Promise.all([...sockets.clients].map((socket) => sendAll(socket, texts)));
    },
    cut() {
      for (const socket of sockets.clients) socket.terminate();
    },
    fallSilent() {
      for (const socket of sockets.clients) socket.pause();
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** Whoever answers the ping has read what was sent before it. */
async function sendAll(socket: WebSocket, texts: readonly string[]): Promise<void> {
  for (const text of texts) socket.send(text);
  const answered = once(socket, 'pong');
  socket.ping();
  await answered;
}
