import { arch, platform } from 'node:process'

import type { UpdatePackage } from '../../../shared/contract/updates.ts'
import { ARCHS, PACKAGES, PACKAGE_KINDS } from '../../../shared/domain/update/package-kind.ts'
import type { Installation } from '../kit/installation.ts'
import { isPacked } from './release-key.ts'

interface Facts {
  readonly platform: string
  readonly arch: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** The program that runs. */
  readonly executable: string
  readonly isPacked: boolean
}

/**
 * From which package this program runs. An AppImage names itself in `APPIMAGE`, which every program that it starts
 * inherits, so it counts only where the executable is inside its mount (`APPDIR`).
 */
export function findInstallation(
  facts: Facts = { platform, arch, env: process.env, executable: process.execPath, isPacked: isPacked() },
): Installation {
  const { env, executable } = facts
  const mount = env['APPDIR'] ?? ''
  const isAppImage = (env['APPIMAGE'] ?? '') !== '' && mount !== '' && executable.startsWith(`${mount}/`)
  const installed = { linux: isAppImage ? 'appimage' : 'deb', win32: 'nsis', darwin: 'zip' } as const
  const kind = facts.isPacked ? (installed[facts.platform as keyof typeof installed] ?? null) : null
  return { platform: facts.platform, arch: facts.arch, kind }
}

/** The package of a release for an installation: of its own kind, or where that is not known the first of its system. */
export function choosePackage(files: readonly UpdatePackage[], installation: Installation): UpdatePackage | null {
  const { kind } = installation
  const kinds =
    kind === null ? PACKAGE_KINDS.filter((each) => PACKAGES[each].platform === installation.platform) : [kind]
  const arch = ARCHS.find((each) => each === installation.arch)
  return kinds.flatMap((each) => files.filter((file) => file.kind === each && file.arch === arch))[0] ?? null
}
