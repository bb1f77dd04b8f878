import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** PEM of the public half, set by the build from the file that `CASTELLAN_RELEASE_KEY` names; null without one. */
declare const CASTELLAN_BUILT_RELEASE_KEY: string | null

export interface ReleaseKey {
  readonly key: KeyObject
  /** SHA-256 of its DER, in hex. */
  readonly fingerprint: string
}

/** Names the file with the public half (PEM) when the program is built, and where it runs from a working copy. */
export const RELEASE_KEY_VARIABLE = 'CASTELLAN_RELEASE_KEY'

/**
 * The release key of this build; null where it has none. A working copy reads the file that the variable names, since
 * its code can be changed as easily; a package reads only what was built into it. Throws for a file without such a key.
 */
export function readReleaseKey(env: Readonly<Record<string, string | undefined>> = process.env): ReleaseKey | null {
  if (typeof CASTELLAN_BUILT_RELEASE_KEY === 'string') return parseReleaseKey(CASTELLAN_BUILT_RELEASE_KEY)
  const path = findResources() === null ? env[RELEASE_KEY_VARIABLE] : undefined
  return path === undefined || path === '' ? null : parseReleaseKey(readFileSync(path, 'utf8'))
}

/** Reads an Ed25519 key in PEM. Throws for any other text. */
export function parseReleaseKey(pem: string): ReleaseKey {
  const key = createPublicKey({ key: pem, format: 'pem' })
  if (key.asymmetricKeyType !== 'ed25519' || !pem.includes('BEGIN PUBLIC KEY')) {
    throw new Error('The release key is not the public half of an Ed25519 key in PEM.')
  }
  const fingerprint = createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')
  return { key, fingerprint }
}

/**
 * The folder of resources that this code is in: in the desktop application's archive, or in the folder of its terminal program;
 * null in a working copy. macOS writes its name with a capital letter.
 */
export function findResources(folder = import.meta.dirname): string | null {
  return /^(.*[/\\](?:r|Contents[/\\]R)esources)[/\\](?:app\.asar|terminal)[/\\]/u.exec(folder)?.[1] ?? null
}
