/** The version of Castellan; a test compares it with the package's. */
export const VERSION = '0.1.0'

/** The commit that a build was made from, and its date (UTC). */
export interface Build {
  readonly commit: string
  readonly date: string
}

/** Set by the build. */
declare const CASTELLAN_BUILD: Build | null

/** The build; null if the files are not exactly a commit, or if they run without a build. */
export const BUILD: Build | null = typeof CASTELLAN_BUILD === 'undefined' ? null : CASTELLAN_BUILD
