import type { Reader } from '../handles.ts'

/** What is still there of what was to go, in words, by item. */
export function residuals(_reader: Reader, _ids: readonly number[]): ReadonlyMap<number, readonly string[]> {
  return new Map()
}
