import type { ImportPlan } from '../../../shared/contract/files.ts'
import type { Context } from '../context.ts'
import { type ImportRequest, plannedImport } from './import-plan.ts'

/**
 * `files.plan`: what an import would add, change, leave and refuse, row by row. Writes nothing.
 * Throws `Refusal`: NOT_FOUND for a client that is not there, INVALID for a file of which no row can be read.
 */
export function planImport(context: Context, request: ImportRequest): ImportPlan {
  return plannedImport(context, request).shown
}
