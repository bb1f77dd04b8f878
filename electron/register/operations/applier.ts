import type { Kind, OperationOf } from '../../../shared/decisions/operations.ts'
import type { Writer } from '../db/handles.ts'

/** What an applier reports: the numbers that rows have in this register, by the fields of the body that hold them. */
export type Effect = Readonly<Record<string, number>>

/** Writes tables from an operation and from nothing else: no clock, no random number, nothing of this machine. */
export type Applier<K extends Kind> = (writer: Writer, operation: OperationOf<K>) => Effect

/** The appliers of some kinds. */
export type Appliers<K extends Kind> = { readonly [Each in K]: Applier<Each> }

export const NO_NUMBERS: Effect = {}

/** The number of the operation's client; throws where the register has none of that slug. */
export function findClient(writer: Writer, { client }: { readonly client: string | null }): number {
  const id = writer.value<number>('SELECT id FROM client WHERE slug = ?', [client])
  if (id === undefined) throw new Error(`An operation is about the client ${String(client)}, which does not exist.`)
  return id
}
