import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { listPackage } from '@electron/asar'

import { filesUnder } from '../freshness.mjs'
import { readBinaryFile } from './binary.mjs'

/**
 * The binaries in the resources of a packed application, beside those of Electron, by their places: of each native module the
 * one of the target, outside the archive, and the same again with a Node for the terminal program.
 * @param {ReturnType<typeof import('./targets.mjs').findTarget>} target
 */
export function expectedBinaries({ platform, arch, prebuild, binding, terminal }) {
  const own = [prebuild, binding].map((file) => [`app.asar.unpacked/node_modules/${file}`, `${platform} ${arch}`])
  const node = platform === 'win32' ? 'node.exe' : 'node'
  const others = [`bin/${node}`, `node_modules/${terminal.prebuild}`, `node_modules/${terminal.binding}`]
  return new Map([...own, ...others.map((file) => [`terminal/${file}`, `${platform} ${terminal.arch}`])])
}

/**
 * Finds the faults of the binaries in the folder `resources` of a packed application, one sentence each: a missing one,
 * one of another system or processor, one too many, a native module in the archive, from which no system loads it.
 */
export function findWrongBinaries(resources, target) {
  const expected = expectedBinaries(target)
  const found = new Map(
    ['app.asar.unpacked', 'terminal'].flatMap((part) =>
      filesUnder(resources, part).flatMap((file) => {
        const binary = readBinaryFile(join(resources, file))
        if (binary !== null) return [[file, `${binary.platform} ${binary.arch}`]]
        return file.endsWith('.node') ? [[file, 'no system']] : []
      }),
    ),
  )
  return [
    ...[...expected].flatMap(([file, machine]) => {
      const is = found.get(file)
      if (is === machine) return []
      return [is === undefined ? `${file} is missing` : `${file} is for ${is}, and not for ${machine}`]
    }),
    ...[...found.keys()].filter((file) => !expected.has(file)).map((file) => `${file} is one too many`),
    ...inArchive(resources, expected),
  ]
}

function inArchive(resources, expected) {
  const archive = join(resources, 'app.asar')
  if (!existsSync(archive)) return ['app.asar is missing']
  return listPackage(archive, { isPack: false })
    .map((file) => file.replaceAll('\\', '/').replace(/^\//u, ''))
    .filter((file) => /\.(?:node|dll|so|dylib|exe)$/u.test(file) && !expected.has(`app.asar.unpacked/${file}`))
    .map((file) => `${file} is in the archive`)
}
