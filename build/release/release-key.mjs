import { readFileSync } from 'node:fs'

import { parseReleaseKey, RELEASE_KEY_VARIABLE } from '../../electron/service/updates/release-key.ts'

/** A key in PEM: a variable has it, as secrets of CI do, or the path of its file. */
export function readPem(value) {
  return value.startsWith('-----BEGIN ') ? value : readFileSync(value, 'utf8')
}

/**
 * The public half of the release key that a build gets, in PEM, as `CASTELLAN_RELEASE_KEY` has it or the file that it
 * names; null without one. Throws for what is no such key, so that no build is made that refuses every update.
 */
export function readReleaseKey(env = process.env) {
  const path = env[RELEASE_KEY_VARIABLE]
  if (path === undefined || path === '') return null
  const pem = readPem(path)
  try {
    parseReleaseKey(pem)
  } catch (error) {
    // A value that is a key may be the private half.
    const what = pem === path ? 'its value' : path
    throw new Error(`${RELEASE_KEY_VARIABLE}: ${what} is not the public half of an Ed25519 key in PEM.`, {
      cause: error,
    })
  }
  return pem
}
