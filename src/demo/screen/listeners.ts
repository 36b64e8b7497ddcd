import type { ServerResponse } from 'node:http';
import type { ScreenEvent } from './wire.ts';

/** Pages that are open: server-sent events, since only the demo has something to push. */
export class Listeners {
  readonly #open = new Set<ServerResponse>();

  add(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('retry: 1000\n\n');
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  tell(event: ScreenEvent): void {
    for (const response of this.#open) response.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  end(): void {
    for (const response of this.#open) response.end();
  }
}
