/**
 * A part of a company that has figures of its own: the whole of it, one plan or one product. Asking for one plan alone is
 * asking for its scope.
 */
export type Scope = string;

export const wholeCompany: Scope = 'all';

const scopeKinds = ['plan', 'product'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

/** Null: what belongs to no plan, or to none that is known. */
export function scopeOf(kind: ScopeKind, id: string | null): Scope {
  return `${kind} ${id ?? ''}`;
}

/** The id that a scope of that kind was made of. */
export function idOf(kind: ScopeKind, scope: Scope): string | null {
  const id = scope.slice(kind.length + 1);
  return id === '' ? null : id;
}
