import { said } from './said.ts'

/**
 * The prefix of ids that are made from a file's words, if the file contains none. No provider's id begins like this.
 */
const PREFIX = 'file:'

export type MadeKind = 'person' | 'account' | 'project' | 'key'

/**
 * An id made from a name, the same at every import, and none of those taken.
 *
 * @example madeId('person', 'Jane Smith', () => false) // 'file:jane-smith'
 */
export function madeId(
  kind: MadeKind,
  name: string,
  isTaken: (id: string) => boolean,
  /** Where counting stopped for each name, so that thousands of equal names are numbered in one pass. */
  counted: Map<string, number> = new Map(),
): string {
  const word = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}@._+]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
    .slice(0, 120)
  const base = `${PREFIX}${kind === 'person' ? '' : `${kind}:`}${word === '' ? 'unnamed' : word}`
  if (!isTaken(base)) return base
  for (let n = counted.get(base) ?? 2; ; n += 1) {
    const candidate = `${base}-${n}`
    counted.set(base, n + 1)
    if (!isTaken(candidate)) return candidate
  }
}

/** True if an id was made by `madeId`: it means nothing outside the register and is not written into files. */
export function isMadeId(id: string): boolean {
  return id.startsWith(PREFIX)
}

/** A provider's id for a document; null for one that was made, which means nothing elsewhere. */
export function toKnownId(externalId: string | null): string | null {
  return externalId === null || isMadeId(externalId) ? null : said(externalId)
}
