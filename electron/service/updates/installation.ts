import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { arch, platform } from 'node:process'

import type { UpdatePackage } from '../../../shared/contract/updates.ts'
import { ARCHS, KIND_FILE, PACKAGES, PACKAGE_KINDS } from '../../../shared/domain/update/package-kind.ts'
import type { Installation } from '../kit/installation.ts'
import { findResources } from './release-key.ts'

interface Facts {
  readonly platform: string
  readonly arch: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The program that runs. */
  readonly executable: string
  /** The record that packing wrote beside the archive; null in a working copy. */
  readonly written: string | null
}

/**
 * From which package this program runs, by the file that packing wrote beside its archive. An AppImage names itself in
 * `APPIMAGE`, which every program that it starts inherits, so it counts only where the executable is inside its mount
 * (`APPDIR`). A kind that no release has, such as Flatpak, is `other`.
 */
export function findInstallation(
  facts: Facts = { platform, arch, env: process.env, executable: process.execPath, written: readKind() },
): Installation {
  const { env, executable, written } = facts
  const mount = env['APPDIR'] ?? ''
  const isAppImage = (env['APPIMAGE'] ?? '') !== '' && mount !== '' && executable.startsWith(`${mount}/`)
  const kind = written === null ? null : isAppImage ? 'appimage' : toKind(written, facts.platform)
  return { platform: facts.platform, arch: facts.arch, kind }
}

function toKind(written: string, system: string): Installation['kind'] {
  const kind = PACKAGE_KINDS.find((each) => each === written)
  return kind !== undefined && PACKAGES[kind].platform === system ? kind : 'other'
}

/** Reads the record that packing wrote; empty where a package lacks it, null in a working copy. */
function readKind(): string | null {
  const resources = findResources()
  if (resources === null) return null
  try {
    return readFileSync(join(resources, KIND_FILE), 'utf8').trim()
  } catch {
    return ''
  }
}

/**
 * The package of a release for an installation: of its own kind, or in a working copy the first of its system. Null for a
 * program that is installed in another way, which is updated in that way.
 */
export function choosePackage(files: readonly UpdatePackage[], installation: Installation): UpdatePackage | null {
  const { kind } = installation
  if (kind === 'other') return null
  const kinds =
    kind === null ? PACKAGE_KINDS.filter((each) => PACKAGES[each].platform === installation.platform) : [kind]
  const arch = ARCHS.find((each) => each === installation.arch)
  return kinds.flatMap((each) => files.filter((file) => file.kind === each && file.arch === arch))[0] ?? null
}
