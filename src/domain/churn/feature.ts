import type { MemberView } from './member-view.ts';

/** One number about a member just before an instant, and what to expect of it before anything is learned. */
export type Feature = {
  name: string;
  group: 'contract' | 'engagement';
  /** Of several features about the same thing one reason is enough. */
  topic: string;
  /** 1 or 0, a fact with an effect of its own rather than a slope. */
  flag?: boolean;
  /** Compared with the other members at the same instant, so that a quiet season of all isn't anybody's own. */
  relative?: boolean;
  /** May bend at its quantiles, once there are enough leavers to see it by. */
  bends?: boolean;
  /** Weight by common sense, in log odds a unit; 0 where there is none. */
  prior: number;
  /** Null where it isn't known, which counts as the average and never as a number. */
  value(view: MemberView): number | null;
  /** As a reason: what was counted, without a judgement. Without words, as where they would be untrue, it is never one. */
  words?(view: MemberView): string | null;
};

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
