import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { clientRef, filePath, id, instant, operation, scopeShape } from './common.ts'

/**
 * The result of importing a file of a watched folder. `partial`: rows were rejected. `refused`: nothing in it could be
 * read.
 */
export const folderFile = z.object({
  folderId: id,
  name: z.string(),
  state: z.enum(['taken', 'partial', 'refused']),
  says: z.string().nullable(),
  read: z.number().int(),
  counted: z.number().int(),
  repeated: z.number().int(),
  refused: z.number().int(),
  at: instant,
})
export type FolderFile = z.infer<typeof folderFile>

export const usageFolder = z.object({
  folderId: id,
  client: clientRef,
  path: z.string(),
  addedAt: instant,
  addedBy: z.string(),
  /** True if the folder is there and can be read. */
  readable: z.boolean(),
  /** The files that were checked last, the latest first; at most 50. */
  files: z.array(folderFile),
  fileCount: z.number().int(),
})
export type UsageFolder = z.infer<typeof usageFolder>

export const usageFoldersContract = {
  list: operation.input(z.object(scopeShape)).output(z.array(usageFolder)),
  /**
   * Watches a folder for files of usage records of a client: CSV or JSON Lines, by their extension. They are imported
   * when they appear or grow, while a window or `usage watch` is open. Written to the journal.
   */
  add: operation.input(z.object({ client: z.string().min(1), path: filePath })).output(usageFolder),
  /** Imported records stay. Written to the journal. */
  remove: operation.input(z.object({ folderId: id })).output(z.object({ done: z.literal(true) })),
  /** Checks every folder in scope now; yields each file that was imported or rejected, and ends. */
  check: operation.input(z.object(scopeShape)).output(z.array(folderFile)),
  /** Watches, and yields each file that was imported or rejected, until the caller stops listening. */
  watch: operation.input(z.object(scopeShape)).output(eventIterator(folderFile)),
}
