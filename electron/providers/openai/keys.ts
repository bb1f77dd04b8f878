import { CallFailure } from '../kit/errors.ts'
import { readPages } from '../kit/list.ts'
import type { Run } from '../kit/run.ts'
import { idOfRow } from '../kit/rows.ts'
import { noteId } from '../kit/tally.ts'
import type { OpenAiLists } from './lists.ts'
import { adminKeyReading, projectKeyReading } from './normalise/key.ts'

/** The keys of one reading. Which rows of the admin list are admin keys is known once every project has named its own. */
export interface KeySources {
  /** Reads the list of admin keys and holds it back. */
  holdAdminKeys(): Promise<void>
  /** The source of one project's keys. */
  projectKeys(project: string): Promise<void>
  /** Reports the admin keys; to be called when the keys of all projects have ended. */
  adminKeys(): Promise<void>
}

/**
 * The list of admin keys is read before those of the projects: a key that is made in between is then missing among the
 * admin keys until the next reading, instead of being taken for one.
 */
export function openKeySources(run: Run, lists: OpenAiLists): KeySources {
  const ids = new Set<string>()
  let whole = true
  const held: unknown[] = []
  let failure: CallFailure | null = null

  return {
    async holdAdminKeys() {
      const seen = new Set<string | null>()
      try {
        await readPages(run.calls, lists.adminKeys(), (rows) => {
          const before = seen.size
          for (const row of rows) {
            seen.add(idOfRow(row))
            held.push(row)
          }
          return seen.size - before
        })
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error
        failure = error
      }
    },
    async projectKeys(project) {
      const complete = await run.list('project-keys', project, lists.projectKeys(project), (row) =>
        noteId(ids, projectKeyReading(row, project)),
      )
      whole &&= complete
    },
    async adminKeys() {
      await run.source('admin-keys', null, (tally) => {
        const projectKeys = { ids, whole: whole && run.isComplete('projects') }
        tally.take(held, (row) => adminKeyReading(row, projectKeys))
        return failure === null ? Promise.resolve() : Promise.reject(failure)
      })
    },
  }
}
