/**
 * Packs a target with a stand-in for Electron and for electron-builder's tools, without a network:
 * `node pack-stub.mjs FOLDER PLATFORM ARCH TARGET…`. Packages are compressed as fast as can be.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { stubElectron } from '../../../test/build/stub-electron.ts'
import { useNodeOfNpm } from '../node-of-target.mjs'
import { standInTools } from './stand-in-tools.mjs'

const root = resolve(import.meta.dirname, '../../..')
const [folder, platform, arch, ...targets] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
useNodeOfNpm()
Object.assign(process.env, standInTools(root, join(folder, 'tools')), {
  CUSTOM_FPM_PATH: join(root, 'build/pack/deb/fpm.mjs'),
  ELECTRON_BUILDER_COMPRESSION_LEVEL: '1',
})
// It reads the variables when it is loaded.
const { Arch, build, Platform } = await import('electron-builder')
const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
const system = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[platform]
await build({
  projectDir: root,
  targets: system.createTarget(targets, Arch[arch]),
  publish: 'never',
  config: {
    extends: join(root, 'electron-builder.yml'),
    electronDist: await stubElectron(folder, version, { platform, arch }),
    electronVersion: version,
    directories: { output: join(folder, 'dist') },
    deb: { compression: 'gz' },
    appImage: { compression: 'gzip' },
    // Of the texts of the installer, some languages of Debian's NSIS have fewer than that of electron-builder.
    nsis: { warningsAsErrors: false },
    // Only macOS can sign again what was changed.
    electronFuses: { resetAdHocDarwinSignature: platform !== 'darwin' },
  },
})
