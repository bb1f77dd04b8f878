import { listProvidersWith } from './providers.ts'

/**
 * True if the end of a version of a key is unknown: its provider sent one that could not be read, or it is from a file, which
 * need not have a column for it. A key without a day is then not a key without an end. `version` ends with the dot or the
 * beginning of its columns (`v.`, `e.before_`).
 */
export const isEndUnknown = (provider: string, version: string): string =>
  `(${version}expires_at IS NULL AND (${version}expires_unread = 1 OR ${version}source LIKE '%-file' OR ${provider} IN ${listProvidersWith('readsFile')}))`

/** `known`, `none` for a key that never ends, or `not-reported`. */
export const END_STATE = (provider: string, version: string): string =>
  `CASE WHEN ${version}expires_at IS NOT NULL THEN 'known' WHEN ${isEndUnknown(provider, version)} THEN 'not-reported' ELSE 'none' END`
