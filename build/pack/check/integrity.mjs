import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { getRawHeader } from '@electron/asar'

/** Where a program has the hash of its archive. Electron compares it on these systems alone. */
const PLACES = { win32: 'Castellan.exe', darwin: 'Contents/Info.plist' }

/** The hash of the archive by which Electron refuses a changed one. */
export function findWrongIntegrity({ program, resources }, { platform }) {
  const place = PLACES[platform]
  if (place === undefined) return null
  const { headerString } = getRawHeader(join(resources, 'app.asar'))
  const hash = createHash('sha256').update(headerString).digest('hex')
  const text = readFileSync(join(program, place), 'latin1')
  return text.includes(hash) ? [] : [`${place} does not have the hash of the archive, ${hash}`]
}
