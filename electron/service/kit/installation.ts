import type { PackageKind } from '../../../shared/domain/update/package-kind.ts'

/** The running installation: its system and processor, and its package. */
export interface Installation {
  readonly platform: string
  readonly arch: string
  /** `other` for what is installed in a way that no package of a release has, such as Flatpak; null in a working copy. */
  readonly kind: PackageKind | 'other' | null
}
