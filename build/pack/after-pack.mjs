import { Arch } from 'electron-builder'

import { findWrongBinaries } from './natives.mjs'
import { findTarget } from './targets.mjs'

/** electron-builder calls this when the folder of a target is ready, before it is signed: refuses one with the wrong binaries. */
export default function afterPack({ electronPlatformName, arch, appOutDir, packager }) {
  const target = findTarget(electronPlatformName, Arch[arch])
  const wrong = findWrongBinaries(packager.getResourcesDir(appOutDir), target)
  if (wrong.length > 0) throw new Error(`The package for ${target.name} has the wrong binaries: ${wrong.join('; ')}.`)
}
