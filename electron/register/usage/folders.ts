import type { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import { type FolderFile, usageFolder } from '../../../shared/contract/usage-folders.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRow, readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'

const stored = usageFolder.omit({ readable: true, files: true, fileCount: true }).extend({ clientId: id })
export type StoredFolder = z.infer<typeof stored>

const SELECT = `SELECT f.id AS folderId, f.client_id AS clientId, ${CLIENT_REF}, f.path, f.added_at AS addedAt, f.added_by AS addedBy
  FROM usage_folder f JOIN client c ON c.id = f.client_id`

/** The watched folders in scope; those of archived clients only where the client is named. */
export function usageFolders(reader: Reader, { client }: Scope): StoredFolder[] {
  return readRows(
    reader,
    stored,
    `${SELECT} WHERE CASE WHEN :client IS NULL THEN c.archived_at IS NULL ELSE c.slug = :client END ORDER BY c.name, f.path`,
    { client: client ?? null },
  )
}

/** One folder, of any client. */
export function findUsageFolder(reader: Reader, by: 'id' | 'path', value: number | string): StoredFolder | null {
  return readRow(reader, stored, `${SELECT} WHERE f.${by} = ?`, [value])
}

/** The state of a file when it was last imported. */
export interface FileLook {
  readonly name: string
  readonly size: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number
}

/** The state of a folder's files when they were last imported, by name. */
export function knownFiles(reader: Reader, folderId: number): ReadonlyMap<string, FileLook> {
  const rows = reader.all<FileLook>(
    'SELECT name, size, modified_at AS modifiedAt FROM usage_folder_file WHERE folder_id = ?',
    [folderId],
  )
  return new Map(rows.map((row) => [row.name, row]))
}

/** Stores the result of a file; does nothing for a folder that was removed meanwhile. */
export function keepFile(writer: Writer, look: FileLook, file: FolderFile): void {
  writer.run(
    `INSERT INTO usage_folder_file (folder_id, name, size, modified_at, state, says, read, counted, repeated, refused, at)
     SELECT :folder, :name, :size, :modifiedAt, :state, :says, :read, :counted, :repeated, :refused, :at
     WHERE EXISTS (SELECT 1 FROM usage_folder WHERE id = :folder)
     ON CONFLICT (folder_id, name) DO UPDATE SET size = excluded.size, modified_at = excluded.modified_at, state = excluded.state,
       says = excluded.says, read = excluded.read, counted = excluded.counted, repeated = excluded.repeated,
       refused = excluded.refused, at = excluded.at`,
    {
      folder: file.folderId,
      name: file.name,
      size: look.size,
      modifiedAt: look.modifiedAt,
      state: file.state,
      says: file.says,
      read: file.read,
      counted: file.counted,
      repeated: file.repeated,
      refused: file.refused,
      at: file.at,
    },
  )
}

/** The files of a folder that were checked last, the latest first. */
export function latestFiles(reader: Reader, folderId: number, limit: number): FolderFile[] {
  return [
    ...reader.all<FolderFile>(
      `SELECT folder_id AS folderId, name, state, says, read, counted, repeated, refused, at FROM usage_folder_file
       WHERE folder_id = ? ORDER BY at DESC, name LIMIT ?`,
      [folderId, limit],
    ),
  ]
}

/** How many files of a folder were checked. */
export function fileCount(reader: Reader, folderId: number): number {
  return reader.value<number>('SELECT count(*) FROM usage_folder_file WHERE folder_id = ?', [folderId]) ?? 0
}
