import type { Writer } from '../db/handles.ts'
import { foldJournal } from '../rows/journal-fold.ts'
import type { TableOf } from '../rows/table-of.ts'
import { batchTable, reviewTable } from '../rows/reviews.ts'
import { TABLES } from '../rows/tables.ts'
import { readCountingOrder } from './order.ts'

/** `settleReviews` writes them, each review by itself: they can have a hundred thousand items. */
const OF_REVIEWS: ReadonlySet<TableOf> = new Set([reviewTable, batchTable])

/** What an exchange changed in the order of what counts, by kinds. */
export interface Reordered {
  /** Kinds that were decided here and waited before the entries were read. */
  readonly waited: ReadonlySet<string>
  /** Kinds that others decided, and that are placed before what waited. */
  readonly placed: ReadonlySet<string>
  /** Kinds that were decided here and have no effect. */
  readonly ended: ReadonlySet<string>
}

/** Whether tables that some kinds write have to be compared with the journal. */
export function isReordered({ waited, placed, ended }: Reordered, kinds: readonly string[]): boolean {
  const has = (set: ReadonlySet<string>): boolean => kinds.some((kind) => set.has(kind))
  return has(ended) || (has(waited) && has(placed))
}

/**
 * Makes tables what the journal shows in the order that counts, where entries of others came before what had been carried
 * out here, or what had been carried out has no effect. All other entries were carried out in their order.
 */
export function rebase(writer: Writer, reordered: Reordered): void {
  const isTouched = (kinds: readonly string[]): boolean => isReordered(reordered, kinds)
  const tables = TABLES.filter(
    (table) =>
      !OF_REVIEWS.has(table) && (isTouched(table.kinds) || table.belongsTo.some((kind) => reordered.placed.has(kind))),
  )
  if (tables.length > 0) mendTables(writer, tables)
}

/** Makes tables what the journal shows in the order that counts. */
export function mendTables(writer: Writer, tables: readonly TableOf[]): void {
  const fold = foldJournal(tables)
  for (const row of readCountingOrder(writer, ['sample.loaded', ...tables.flatMap(({ kinds }) => kinds)]))
    fold.visit(row)
  fold.mend(writer)
}
