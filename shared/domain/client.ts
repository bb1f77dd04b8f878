/**
 * Colours that mark a client on the frame: distinguishable for the common kinds of colour blindness (after Paul Tol's
 * muted set).
 */
export const CLIENT_COLOURS = [
  '#332288',
  '#117733',
  '#882255',
  '#0077bb',
  '#cc3311',
  '#997700',
  '#aa4499',
  '#44aa99',
  '#6b7280',
] as const

export const CLIENT_KINDS = ['client', 'internal'] as const
export type ClientKind = (typeof CLIENT_KINDS)[number]

/** A name for URLs and command lines: `Acme Corp` → `acme-corp`. Empty when no character of it can be used. */
export function toSlug(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 60)
    .replace(/-+$/u, '')
}

/** `slug`, or the first of `slug-2`, `slug-3`, … that is not taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  const base = slug === '' ? 'client' : slug
  if (!taken.has(base)) return base
  for (let n = 2; ; n += 1) {
    const candidate = `${base}-${n}`
    if (!taken.has(candidate)) return candidate
  }
}
