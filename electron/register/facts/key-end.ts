import { listProvidersWith } from './providers.ts'

/**
 * Whether the end of a version of a key is unknown: a file need not have a column for it, so that a key without a day in a
 * file is not a key without an end.
 */
export const isEndUnknown = (provider: string, version: string): string =>
  `(${version}.expires_at IS NULL AND (${version}.source LIKE '%-file' OR ${provider} IN ${listProvidersWith('readsFile')}))`
