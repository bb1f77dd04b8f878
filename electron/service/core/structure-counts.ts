import { countStructure } from '../../register/read/structure.ts'
import type { Context } from './context.ts'
import { readWhole, type Whole } from './slices.ts'

/** Counts every project in scope, once for the list of projects and the tree. */
export function countOnce(context: Context, client: string | undefined): Promise<Whole<'structure'>> {
  return readWhole(context, { answer: 'structure', query: { client }, read: countStructure })
}
