import { z } from 'zod'

import { instant, operation } from './common.ts'

const backup = z.object({
  /** The name of the file in the backups folder. */
  name: z.string(),
  path: z.string(),
  at: instant,
  bytes: z.number().int(),
  /**
   * `daily`: by Castellan, 14 are kept. `made`: by a person, or before a migration. `replaced`: what a restore set
   * aside.
   */
  kind: z.enum(['daily', 'made', 'replaced']),
})
export type Backup = z.infer<typeof backup>

/** A backup that was written and verified by reading it again. */
const backupMade = z.object({
  path: z.string(),
  bytes: z.number().int(),
  /** The last row of the journal in it. */
  journalRows: z.number().int(),
})

export type BackupMade = z.infer<typeof backupMade>

const restoring = z.object({
  path: z.string(),
  /** The last row of the journal in the backup, and when it was written; null where there is none. */
  journalRows: z.number().int(),
  lastAt: instant.nullable(),
  /**
   * Rows of the present register's journal that the backup does not have; null where the present one cannot be read.
   */
  lostRows: z.number().int().nullable(),
})
export type Restoring = z.infer<typeof restoring>

/** A completed restore. */
const restored = restoring.extend({
  /** The path of the replaced register; null if there was none. */
  replaced: z.string().nullable(),
})
export type RestoreResult = z.infer<typeof restored>

const name = z.string().min(1).max(255)

export const backupContract = {
  /** The backups in the profile's own folder, newest first. */
  list: operation.output(z.array(backup)),
  /** Copies the complete register into the backups folder, encrypted with its key, and reads the copy again. */
  make: operation.output(backupMade),
  /** Previews restoring a backup. Reads it to its end, and changes nothing. */
  preview: operation.input(z.object({ name })).output(restoring),
  /**
   * Replaces the register, which is kept in the backups folder, with a backup. The backup is migrated and checked in a
   * folder of its own first. Written to the journal.
   */
  restore: operation.input(z.object({ name })).output(restored),
  /** Continues with a register that lacks rows which were written to it. Written to the journal. */
  accept: operation.output(z.object({ accepted: z.boolean() })),
}
