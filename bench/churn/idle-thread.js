// Does nothing but look how late its own timers are: that much of any delay is the machine's, not ours.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parentPort } from 'node:worker_threads';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
parentPort.once('message', () => parentPort.postMessage(delay.max / 1e6));
