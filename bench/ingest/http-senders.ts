import { z } from 'zod';
import { answerParent } from '../other-process.ts';
import { openHttpConnection, postRequest } from './http-connection.ts';
import { type Pace, sendAll } from './senders.ts';

const orderShape = z.object({
  port: z.number(),
  path: z.string(),
  senders: z.number(),
  ms: z.number(),
  deliveries: z.array(z.object({ body: z.string(), headers: z.record(z.string(), z.string()) })),
});

/** Sends from a process of its own, as Whop's senders are no load of the one that answers them. */
async function sendFromHere({ port, path, deliveries, ...timing }: z.infer<typeof orderShape>): Promise<Pace> {
  const items = deliveries.map((delivery) => postRequest(path, delivery));
  return sendAll({ items, ...timing }, () => {
    const connection = openHttpConnection(port);
    return async (request) => {
      const status = await connection.send(request);
      if (status !== 200) throw new Error(`a delivery was answered ${status}`);
    };
  });
}

answerParent((order) => sendFromHere(orderShape.parse(order)));
