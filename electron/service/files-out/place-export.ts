import type { RecordAction, WrittenAction } from '../../../shared/decisions/records.ts'
import { type Context, commit, type Note } from '../core/context.ts'
import type { StagedFile } from './write-file.ts'

/**
 * Writes a journal row that something leaves the register, then gives the file its name: an export without a journal
 * row would be worse than a row about one that failed, and such a failure gets a row too. A profile opened to read has
 * no journal to write to. Returns the result for the caller of an export.
 */
export function placeExport(
  context: Context,
  staged: StagedFile,
  entry: Note & { readonly action: RecordAction; readonly body: { readonly rows: number } },
): { readonly path: string; readonly bytes: number; readonly rows: number; readonly sha256: string } {
  const { path, bytes, sha256 } = staged
  const body = { ...entry.body, path, bytes, sha256 }
  const note = (action: WrittenAction): void => {
    if (context.session().mode === 'write') commit(context, [], (decision) => decision.note({ ...entry, action, body }))
  }
  try {
    note(entry.action)
  } catch (error) {
    staged.discard()
    throw error
  }
  try {
    staged.place()
  } catch (error) {
    note(`${entry.action}.failed`)
    throw error
  }
  return { path, bytes, rows: entry.body.rows, sha256 }
}
