import { Arch } from 'electron-builder'

import { stage } from './stage.mjs'
import { findTarget } from './targets.mjs'

/** electron-builder calls this before it packs a target: prepares the parts that are the target's own, or refuses. */
export default function beforePack({ electronPlatformName, arch, packager }) {
  stage(packager.info.projectDir, findTarget(electronPlatformName, Arch[arch]))
}
