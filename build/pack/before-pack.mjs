import { Arch } from 'electron-builder'

import { stage } from './stage.mjs'
import { findTarget } from './targets.mjs'

/** electron-builder calls this before it packs a target: prepares the parts that are the target's own, or refuses. */
export default function beforePack({ electronPlatformName, arch, packager }) {
  // The modes of files in a package are the same whatever the umask of who packs: everything that electron-builder writes follows.
  process.umask(0o022)
  stage(packager.info.projectDir, findTarget(electronPlatformName, Arch[arch]))
}
