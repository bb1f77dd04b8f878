import type { ReadingTaken } from '../../../shared/decisions/readings.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { Reader } from '../db/handles.ts'
import { nameFacts } from './streams.ts'

/** The reading of a connection in its place. */
interface PlacedReading {
  readonly seq: number
  /** The position to which its author had read the stream. */
  readonly basis: number
  /** Milliseconds, by its author's clock. */
  readonly began: number
}

/** Which readings of a client are older than what is shown of their connection. */
export interface LateReadings {
  /** For each effective reading of the stream, in order. `isOwn`: this device applied it when it read it. */
  isLate(seq: number, op: Op, isOwn: boolean): boolean
}

/**
 * Judges readings by their places, so that every device concludes alike. One whose author had read all readings of the connection
 * before it is never late: it shows the connection after them, whatever the clocks of the devices show. Of two of which neither author
 * had read the other, such as a file that is imported beside a sync, the one that began earlier is late where it is placed second; an own
 * one that waits counts as placed second.
 */
export function judgeReadings(reader: Reader, stream: string, clientUid: string): LateReadings {
  const taken = new Map<string, PlacedReading[]>()
  const verdicts = new Map<number, boolean>()
  /** The effective ones of a connection after a position, which are stored or were judged here. */
  const listAfter = (connectionUid: string, after: number): readonly PlacedReading[] => [
    ...reader.all<PlacedReading>(PLACED, [stream, after, connectionUid]),
    ...(taken.get(connectionUid) ?? []).filter(({ seq }) => seq > after),
  ]
  const judge = (connectionUid: string, { seq, basis, began }: PlacedReading): boolean => {
    const known = verdicts.get(seq)
    if (known !== undefined) return known
    const isLate = listAfter(connectionUid, basis).some(
      (other) => other.seq < seq && other.began > began && !judge(connectionUid, other),
    )
    verdicts.set(seq, isLate)
    return isLate
  }
  return {
    isLate: (seq, { basis, body }, isOwn) => {
      const { connectionUid, began } = body as unknown as ReadingTaken
      const reading = { seq, basis, began }
      taken.set(connectionUid, [...(taken.get(connectionUid) ?? []), reading])
      if (judge(connectionUid, reading)) return true
      return !isOwn && reader.value(WAITS_LATER, [nameFacts(clientUid), connectionUid, began]) !== undefined
    },
  }
}

const PLACED = `SELECT e.seq, e.operation ->> 'basis' AS basis, e.operation ->> '$.body.began' AS began FROM team_entry e
  WHERE e.stream = ? AND e.seq > ? AND e.void_reason IS NULL AND e.operation ->> 'kind' = 'reading.taken'
    AND e.operation ->> '$.body.connectionUid' = ? ORDER BY e.seq`

const WAITS_LATER = `SELECT 1 FROM team_pending WHERE stream = ? AND operation ->> 'kind' = 'reading.taken'
  AND operation ->> '$.body.connectionUid' = ? AND operation ->> '$.body.began' >= ? LIMIT 1`
