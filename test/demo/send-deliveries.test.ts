import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createProgress } from '../../src/demo/progress.ts';
import { sendDeliveries } from '../../src/demo/send-deliveries.ts';

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Answers the requests one after the other with these, and then with 200. */
async function answering(statuses: number[]): Promise<{ url: string; received: () => string[] }> {
  const bodies: string[] = [];
  server = createServer(async (request, response) => {
    bodies.push((await request.toArray()).join(''));
    response.writeHead(statuses.shift() ?? 200, { 'retry-after': '0' }).end('the answer');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : '';
  return { url: `http://127.0.0.1:${port}/`, received: () => bodies };
}

const deliveries = Array.from({ length: 100 }, (_, i) => ({ body: `${i}`, headers: {} }));
const never = new AbortController().signal;

describe('sending the sample', () => {
  it('sends each delivery, and again what was answered 503', async () => {
    const { url, received } = await answering([503, 503]);
    let sent = 0;
    await sendDeliveries(deliveries, { url, stopping: never, onSent: () => (sent += 1) });
    expect(sent).toBe(100);
    expect(received()).toHaveLength(102);
    expect(new Set(received()).size).toBe(100);
  });

  it.each([
    ['a refusal at once', [401], 'A delivery was answered 401 on attempt 1: the answer'],
    ['at the fifth failure', Array.from({ length: 200 }, () => 503), 'A delivery was answered 503 on attempt 5'],
  ])('gives up %s, and says so', async (_when, statuses, message) => {
    const { url, received } = await answering(statuses);
    await expect(sendDeliveries(deliveries, { url, stopping: never, onSent: () => undefined })).rejects.toThrow(
      message,
    );
    const until = received().length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(received()).toHaveLength(until);
  });

  it('stops when it is told to, with nothing left under way', async () => {
    const { url, received } = await answering([]);
    const stopping = new AbortController();
    const sending = sendDeliveries(deliveries, { url, stopping: stopping.signal, onSent: () => stopping.abort() });
    await expect(sending).rejects.toThrow('aborted');
    expect(received().length).toBeLessThan(100);
  });
});

describe('its progress', () => {
  function written(isTTY: boolean): string[] {
    const texts: string[] = [];
    const progress = createProgress({ isTTY, write: (text) => texts.push(text) }, 1000);
    for (let i = 0; i < 1000; i += 1) progress.step();
    return texts;
  }

  it('is a bar on a terminal', () => {
    const texts = written(true);
    expect(texts.every((text) => text.startsWith('\r'))).toBe(true);
    expect(texts.at(-1)).toBe(`\r${'█'.repeat(30)} 100 %  1,000 of 1,000 deliveries\n`);
  });

  it('is a few plain lines elsewhere', () => {
    expect(written(false)).toEqual([
      ' 25 %  250 of 1,000 deliveries\n',
      ' 50 %  500 of 1,000 deliveries\n',
      ' 75 %  750 of 1,000 deliveries\n',
      '100 %  1,000 of 1,000 deliveries\n',
    ]);
  });
});
