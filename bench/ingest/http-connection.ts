import { connect } from 'node:net';

/** `send` sends a whole request and resolves with the status once its answer is read. */
type HttpConnection = { send(request: Buffer): Promise<number> };

/**
 * A kept connection to a server on this machine that answers with a Content-Length, as both of ours do. Node's own client
 * costs more than the servers that are measured, on the same cores.
 */
export function openHttpConnection(port: number): HttpConnection {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  let read = '';
  let waiting: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;
  const fail = (error: Error) => waiting?.reject(error);
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    read += chunk;
    const status = statusOf(read);
    if (status === null) return;
    read = '';
    waiting?.resolve(status);
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed a connection')));
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
  };
}

/** Null while the answer isn't complete. */
function statusOf(answer: string): number | null {
  const headLength = answer.indexOf('\r\n\r\n') + 4;
  if (headLength < 4) return null;
  const bodyLength = Number(/\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, headLength))?.[1]);
  if (!Number.isInteger(bodyLength)) throw new Error('the answer tells no length');
  return answer.length < headLength + bodyLength ? null : Number(answer.slice(9, 12));
}

/** The bytes of a POST. */
export function postRequest(
  path: string,
  { body, headers }: { body: string; headers: Record<string, string> },
): Buffer {
  const length = Buffer.byteLength(body);
  const lines = Object.entries({ host: '127.0.0.1', ...headers, 'content-length': length });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${head}\r\n${body}`);
}
