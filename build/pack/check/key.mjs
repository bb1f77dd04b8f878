import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { filesUnder } from '../../freshness.mjs'
import { readAllArchived } from './archive.mjs'

const PEM =
  /-----BEGIN PUBLIC KEY-----(?:\\n|\s)*([A-Za-z0-9+/=]+(?:(?:\\n|\s)+[A-Za-z0-9+/=]+)*)(?:\\n|\s)*-----END PUBLIC KEY-----/gu

/**
 * The release key in a package is the one that the build was given, in both programs, and no other.
 * @param {{ resources: string }} opened
 * @param {string | null} given in PEM, as `readReleaseKey` returns it
 */
export function findWrongKey({ resources }, given) {
  const terminal = filesUnder(resources, 'terminal/out/node').filter((file) => file.endsWith('.js'))
  const programs = {
    window: readAllArchived(resources, /^out\/main\/.*\.js$/u),
    'terminal program': terminal.map((file) => readFileSync(join(resources, file), 'utf8')).join('\n'),
  }
  const expected = given === null ? [] : listKeys(given)
  return Object.entries(programs).flatMap(([program, text]) => {
    const keys = listKeys(text)
    return [
      ...keys.filter((key) => !expected.includes(key)).map((key) => `the ${program} has another release key, ${key}`),
      ...expected.filter((key) => !keys.includes(key)).map((key) => `the ${program} has no release key ${key}`),
    ]
  })
}

/** The keys of a text without their line breaks, each once. */
function listKeys(text) {
  return [...new Set([...text.matchAll(PEM)].map(([, key]) => key.replaceAll(/\\n|\s/gu, '')))]
}
