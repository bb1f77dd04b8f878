import type { ReadingTaken } from '../../../shared/decisions/readings.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { hasSync } from '../connections/sync-history.ts'
import { type ApplyResult, applyReading, type Settle } from './apply.ts'
import { digestOfSync } from './digest.ts'
import { decodeReading, encodeReading, ReadingUnreadable } from './reading-bytes.ts'
import { splitReading } from './reading-pieces.ts'
import type { Reading } from './reading.ts'

/** The parts of an operation about a reading, and its pieces. */
export interface ComposedReading {
  readonly body: Omit<ReadingTaken, 'pieces'>
  readonly pieces: readonly Uint8Array[]
}

/**
 * The operation by which other registers carry out a reading that was applied here; null for one that changed nothing, since
 * it failed. Throws `ReadingUnreadable` for one that is too long.
 */
export function composeReading(
  reader: Reader,
  reading: Reading,
  { syncId, state }: ApplyResult,
): ComposedReading | null {
  if (state === 'failed') return null
  const connectionUid = reader.value<string>('SELECT uid FROM connection WHERE id = ?', [reading.connectionId]) ?? ''
  const { whole, pieces } = splitReading(encodeReading({ ...reading, connectionUid }))
  const { uid: syncUid, startedAt: began, finishedAt: ended } = reading
  const digest = digestOfSync(reader, syncId, 'uid')
  return { body: { v: 1, connectionUid, syncUid, began, ended, ...digest, ...whole }, pieces }
}

/** The outcome of another register's reading: `known` ones, and those of an unknown connection, change nothing. */
export type TakenAs =
  | { readonly as: 'known' | 'unknown-connection' }
  | {
      readonly as: 'applied'
      readonly applied: ApplyResult
      /** True if it wrote what it wrote in the register that read it. */
      readonly isSame: boolean
    }

/**
 * Carries out a reading that another register took. `operator` is the member whose operation it is, whatever the bytes
 * contain. Throws `ReadingUnreadable` for bytes that are not the reading of the operation.
 */
export function takeReading(
  writer: Writer,
  { operator, body }: { readonly operator: string; readonly body: Omit<ReadingTaken, 'pieces'> },
  packed: Uint8Array,
  settle?: Settle,
): TakenAs {
  const { connectionUid, ...reading } = decodeReading(packed)
  const isOther =
    connectionUid !== body.connectionUid ||
    reading.uid !== body.syncUid ||
    reading.startedAt !== body.began ||
    reading.finishedAt !== body.ended
  if (isOther) {
    throw new ReadingUnreadable(
      'The reading is not the one that its operation names: the connection, the sync or its times differ. Read the provider again.',
    )
  }
  const connectionId = writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])
  if (connectionId === undefined) return { as: 'unknown-connection' }
  if (hasSync(writer, reading.uid)) return { as: 'known' }
  const applied = applyReading(writer, { ...reading, connectionId, operator }, { settle })
  const own = digestOfSync(writer, applied.syncId, 'uid')
  return { as: 'applied', applied, isSame: own.digest === body.digest }
}
