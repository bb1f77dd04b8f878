import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { clientRef, filePath, id, instant, operation, scopeShape } from './common.ts'

/** How a file of a watched folder was taken in. `partial`: rows were refused. `refused`: nothing of it could be read. */
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
  /** Whether the folder is there and can be read. */
  readable: z.boolean(),
  /** The files that were looked at last, the latest first; at most 50. */
  files: z.array(folderFile),
  fileCount: z.number().int(),
})
export type UsageFolder = z.infer<typeof usageFolder>

export const usageFoldersContract = {
  list: operation.input(z.object(scopeShape)).output(z.array(usageFolder)),
  /**
   * Watches a folder for files of usage records of a client: CSV or JSON Lines, by their ending. They are taken in when they
   * appear or grow, while a window or `usage watch` is open. Written to the journal.
   */
  add: operation.input(z.object({ client: z.string().min(1), path: filePath })).output(usageFolder),
  /** What was taken in stays. Written to the journal. */
  remove: operation.input(z.object({ folderId: id })).output(z.object({ done: z.literal(true) })),
  /** Looks at every folder in scope now; gives each file that was taken in or refused, and ends. */
  check: operation.input(z.object(scopeShape)).output(z.array(folderFile)),
  /** Watches, and gives each file as it was taken in or refused, until nobody listens any more. */
  watch: operation.input(z.object(scopeShape)).output(eventIterator(folderFile)),
}
