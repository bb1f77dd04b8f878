import { deriveEffectiveAccess } from './apply/effective.ts'
import { deriveKeySummary } from './apply/unowned.ts'
import { deriveDue } from './keys/due.ts'
import type { Writer } from './db/handles.ts'
import { deriveNames } from './keys/names.ts'
import { policyLookup } from './clients/policy.ts'

const STANDING = 'SELECT id FROM key WHERE standing = 1'

/**
 * Recomputes what a register derives from its facts, where a migration requested it because the rules changed: the
 * parts of key names, owners and ends of keys, due days and effective access. Leaves every other register unchanged.
 */
export function deriveAgain(writer: Writer): void {
  if (writer.value("SELECT 1 FROM meta WHERE key = 'derive'") === undefined) return
  for (const id of writer.column<number>('SELECT id FROM connection')) {
    deriveEffectiveAccess(writer, id)
    deriveKeySummary(writer, id)
  }
  deriveNames(writer, STANDING, {})
  deriveDue(writer, policyLookup(writer), STANDING, {})
  writer.run('UPDATE finding_evaluation SET stale = 1')
  writer.run("DELETE FROM meta WHERE key = 'derive'")
}
