import type { PackageKind } from '../../../shared/domain/update/package-kind.ts'

/** What runs here: on which system and processor, and from which package. */
export interface Installation {
  readonly platform: string
  readonly arch: string
  /** `other` for what is installed in a way that no package of a release has, such as Flatpak; null in a working copy. */
  readonly kind: PackageKind | 'other' | null
}
