// A thread doesn't inherit the loader of TypeScript on every version of Node.js, so that it registers its own.
import { register } from 'tsx/esm/api';

register();
await import('./churn-thread-work.ts');
