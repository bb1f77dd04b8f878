import { Arch } from 'electron-builder'

import { findWrongBinaries } from './natives.mjs'
import { findUnmetNeeds } from './needs/find-unmet.mjs'
import { findTarget } from './targets.mjs'

/**
 * electron-builder calls this when the folder of a target is ready, before it is signed: refuses one with the wrong binaries, and
 * one whose binaries need what the supported systems do not have.
 */
export default function afterPack({ electronPlatformName, arch, appOutDir, packager }) {
  const target = findTarget(electronPlatformName, Arch[arch])
  const resources = packager.getResourcesDir(appOutDir)
  const wrong = findWrongBinaries(resources, target)
  if (wrong.length > 0) throw new Error(`The package for ${target.name} has the wrong binaries: ${wrong.join('; ')}.`)
  const unmet = findUnmetNeeds(appOutDir, resources, target)
  if (unmet.length > 0) throw new Error(`The package for ${target.name} would not run: ${unmet.join('; ')}.`)
}
