import { current } from './current.ts';
import type { Generation } from './generation.ts';
import { legacy } from './legacy.ts';
import { recent } from './recent.ts';

export const generations: Readonly<Record<'legacy' | 'current' | 'recent', Generation>> = { legacy, current, recent };
