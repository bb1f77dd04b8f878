import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { KINDS, nameFile } from './release.mjs'

/** The words of Debian for the processors of its packages. */
const DEBIAN = { 'deb-x64': 'amd64', 'deb-arm64': 'arm64' }

/**
 * Writes a file of each kind into `folder`, by which manifests can be written and checked before anything is packed: some bytes,
 * and where `withDebs` real Debian packages with nothing in them.
 */
export function writeStandIns(product, folder, { withDebs }) {
  for (const kind of KINDS) writeFileSync(join(folder, nameFile(product, kind)), kind)
  if (!withDebs) return
  for (const [kind, architecture] of Object.entries(DEBIAN)) {
    const place = mkdtempSync(join(folder, '.deb-'))
    mkdirSync(join(place, 'DEBIAN'))
    const { name, version, maintainer, synopsis } = product
    const fields = {
      Package: name,
      Version: version,
      Architecture: architecture,
      Maintainer: maintainer,
      Description: synopsis,
    }
    const control = Object.entries(fields).map(([field, value]) => `${field}: ${value}\n`)
    writeFileSync(join(place, 'DEBIAN/control'), control.join(''))
    execFileSync('dpkg-deb', ['--build', place, join(folder, nameFile(product, kind))], { stdio: 'ignore' })
    rmSync(place, { recursive: true })
  }
}
