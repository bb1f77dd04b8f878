import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { createPackage } from '@electron/asar'

/** Begins the fuses in Electron's binary; see `SENTINEL` of @electron/fuses. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** As many as Electron 45 has; all at their default, which for most is on (`1`). */
const FUSES = '101110011'

/**
 * A distribution of Electron that packs but does not run: what the packer looks for, and an executable that carries the
 * fuses, so that they can be set and read back. For machines where the binary cannot be fetched.
 */
export async function stubElectron(folder: string, version: string): Promise<string> {
  const dist = join(folder, 'electron-dist')
  const application = join(folder, 'default-app')
  mkdirSync(join(dist, 'resources'), { recursive: true })
  mkdirSync(join(dist, 'locales'))
  mkdirSync(application)
  writeFileSync(join(application, 'package.json'), '{}')
  await createPackage(application, join(dist, 'resources/default_app.asar'))
  writeFileSync(join(dist, 'version'), version)
  writeFileSync(join(dist, 'LICENSE'), '')
  writeFileSync(join(dist, 'LICENSES.chromium.html'), '')
  writeFileSync(join(dist, 'locales/en-US.pak'), '')
  const fuses = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(FUSES)])
  const binary = join(dist, process.platform === 'win32' ? 'electron.exe' : 'electron')
  writeFileSync(binary, Buffer.concat([Buffer.alloc(4096), fuses, Buffer.alloc(4096)]))
  chmodSync(binary, 0o755)
  return dist
}
