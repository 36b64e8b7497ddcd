/** What was made before is no load of what is measured next; without --expose-gc it may be. */
export function collectGarbage(): void {
  globalThis.gc?.();
}
