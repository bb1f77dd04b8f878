/** The version of the product; a test holds it to the package's. */
export const VERSION = '0.1.0'

/** The commit that a build was made from, and its date (UTC). */
export interface Build {
  readonly commit: string
  readonly date: string
}

/** Put in by the build. */
declare const CASTELLAN_BUILD: Build | null

/** What was built; null where the files are not exactly a commit, and where they run without a build. */
export const BUILD: Build | null = typeof CASTELLAN_BUILD === 'undefined' ? null : CASTELLAN_BUILD
