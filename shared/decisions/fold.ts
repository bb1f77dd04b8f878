import type { z } from 'zod'

import type { OperationPlace } from '../domain/placed.ts'
import type { OperationKind } from './kind.ts'

/** A decision as a fold takes it: an operation, and its place among those of a team. */
export interface Decision<Body = unknown> {
  readonly kind: string
  /** Milliseconds, by the operator's clock. */
  readonly at: number
  readonly operator: string
  /** Slug; null for the whole agency. */
  readonly client: string | null
  readonly subject: string
  readonly body: Body
  readonly placed: OperationPlace
}

/**
 * The row after a decision; null where there is none. One that cannot happen in the state of the row returns it as it
 * is. `rows`: those of its group, which may change with it.
 */
export type Fold<Row, Body> = (row: Row | null, decision: Decision<Body>, rows: Map<string, Row>) => Row | null

/** A name of rows, as a decision gives it among the rows of its group, and as a row has it. */
interface Naming<Row, Body, Rows extends readonly unknown[] = []> {
  readonly of: (decision: Decision<Body>, ...rows: Rows) => string
  readonly in: (row: Row) => string
}

/** How a table follows from decisions: by kind, what each makes of the row that it names. The fields of a row are the columns of its table. */
export interface DecisionsOn<Row, Body> {
  readonly table: string
  readonly key: Naming<Row, Body, [rows: ReadonlyMap<string, Row>]>
  /** Rows that decisions compare with each other; left out: each row is alone, by its key. */
  readonly group?: Naming<Row, Body>
  /** True if a folded row is one of the table, and not only what later decisions are compared with; left out: each is. */
  readonly isStored?: (row: Row) => boolean
  /** Kinds that create a row under a new uid. Such a row is compared whole, also in a register with the sample agency. */
  readonly makes?: readonly string[]
  readonly folds: Readonly<Record<string, Fold<Row, never>>>
}

type Kinds = Readonly<Record<string, Pick<OperationKind, 'body'>>>
type BodyIn<K extends Kinds> = z.infer<K[keyof K]['body']>

/** The folds of one table, typed by the bodies of their kinds. */
export function decisionsOn<Row, K extends Kinds>(
  spec: Omit<DecisionsOn<Row, BodyIn<K>>, 'folds'> & {
    readonly folds: { readonly [Kind in keyof K & string]: Fold<Row, z.infer<K[Kind]['body']>> }
  },
): DecisionsOn<Row, BodyIn<K>> {
  return spec
}

/** Folds a decision into the rows of its group, by their key. */
export function foldDecision<Row, Body>(
  { key, folds }: DecisionsOn<Row, Body>,
  rows: Map<string, Row>,
  decision: Decision<Body>,
): void {
  const fold = folds[decision.kind]
  if (fold === undefined) return
  const name = key.of(decision, rows)
  // The fold of a kind gets the bodies of that kind.
  const row = fold(rows.get(name) ?? null, decision as Decision<never>, rows)
  if (row === null) rows.delete(name)
  else rows.set(name, row)
}
