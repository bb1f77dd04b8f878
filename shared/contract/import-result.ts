import type { ImportReport, ImportResult } from './files.ts'

/** The result of an import, once its stages have passed. */
export async function awaitImport(reports: Promise<AsyncIterable<ImportReport>>): Promise<ImportResult> {
  let last: ImportReport | null = null
  for await (const report of await reports) last = report
  if (last?.done !== true) throw new Error('An import ended without its result.')
  const { done: _, ...result } = last
  return result
}
