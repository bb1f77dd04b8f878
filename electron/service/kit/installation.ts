import type { PackageKind } from '../../../shared/domain/update/package-kind.ts'

/** What runs here: on which system and processor, and from which package. */
export interface Installation {
  readonly platform: string
  readonly arch: string
  /** Null in a working copy. */
  readonly kind: PackageKind | null
}
