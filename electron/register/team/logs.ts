import type { LogKind } from '../../../shared/domain/team-roles.ts'
import type { Card, LogRole } from '../../../shared/team/card.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { HeldCard, HeldLog } from '../../../shared/team/store.ts'
import { NAMED_KIND, type Named } from '../../../shared/team/named.ts'
import type { StopReason } from '../../../shared/team/outcome.ts'
import type { Reader } from '../db/handles.ts'
import { readTeamPlace } from './place.ts'

interface LogRow {
  readonly log: string
  readonly kind: LogKind
  readonly next: number
  readonly head: Uint8Array
  readonly isHeld: number
  readonly reason: StopReason | null
  readonly stopAt: number
  readonly stopBy: string | null
}

const LOGS = `SELECT log, kind, next, head, is_held AS isHeld, stop_reason AS reason, stop_at AS stopAt, stop_by AS stopBy FROM team_log`

export function readLogs(reader: Reader): readonly HeldLog[] {
  return reader.all<LogRow>(`${LOGS} ORDER BY log`).map((row) => toLog(reader, row))
}

export function readLog(reader: Reader, log: string): HeldLog | null {
  const row = reader.get<LogRow>(`${LOGS} WHERE log = ?`, [log])
  return row === undefined ? null : toLog(reader, row)
}

function toLog(reader: Reader, { log, kind, next, head, isHeld, reason, stopAt, stopBy }: LogRow): HeldLog {
  return {
    log,
    kind,
    next,
    head,
    card: readCards(reader, log, 1)[0] ?? null,
    keys: reader.column<Uint8Array>('SELECT key FROM team_key WHERE log = ? ORDER BY generation', [log]),
    isHeld: isHeld === 1,
    stop: reason === null ? null : { reason, at: stopAt, placedBy: stopBy },
  }
}

/** Of a card the parsed value, which is large in the log of a team. */
const parsed = new Map<string, Card>()
const MOST_PARSED = 1000

/** The newest cards of a log, the newest first. */
export function readCards(reader: Reader, log: string, most: number): readonly HeldCard[] {
  return reader
    .all<{ readonly at: number; readonly head: Uint8Array; readonly card: string }>(
      'SELECT at, head, card FROM team_card WHERE log = ? ORDER BY at DESC LIMIT ?',
      [log, most],
    )
    .map(({ at, head, card }) => ({ at, head, card: parseCard(card) }))
}

function parseCard(text: string): Card {
  const found = parsed.get(text)
  if (found !== undefined) return found
  if (parsed.size >= MOST_PARSED) parsed.clear()
  const card = JSON.parse(text) as Card
  parsed.set(text, card)
  return card
}

/** The log of what a client's slug names, or of the agency; null where the team has none yet. */
export function findLogOf(reader: Reader, client: string | null): string | null {
  return (
    (client === null
      ? reader.value<string>("SELECT log FROM team_log WHERE kind = 'agency' LIMIT 1")
      : reader.value<string>('SELECT uid FROM client WHERE slug = ?', [client])) ?? null
  )
}

/** What waits for the agency before its log is known waits under this name. */
export const AGENCY = 'agency'

/** The role of the member at this device in a log, by its newest card; null: none. */
export function findOwnRole(reader: Reader, log: string): LogRole | null {
  const member = readTeamPlace(reader)?.member
  const card = readCards(reader, log, 1)[0]?.card
  return card?.people.find((person) => person.member === member)?.role ?? null
}

/** Whether changes of a client need a second member's approval, by its newest card. */
export function needsApproval(reader: Reader, clientUid: string): boolean {
  return readCards(reader, clientUid, 1)[0]?.card.approvals ?? false
}

/** The names and addresses of people, by log and by member; of several about one person, the last placed holds. */
export function readNames(reader: Reader): ReadonlyMap<string, ReadonlyMap<string, Pick<Named, 'name' | 'email'>>> {
  const names = new Map<string, Map<string, Pick<Named, 'name' | 'email'>>>()
  const rows = [
    ...reader.all<NameRow>(NAMES, [NAMED_KIND]),
    ...reader.all<NameRow>("SELECT log, operation FROM team_waiting WHERE operation ->> 'kind' = ? ORDER BY id", [
      NAMED_KIND,
    ]),
  ]
  for (const { log, operation } of rows) {
    const { member, name, email } = (JSON.parse(operation) as Op).body as unknown as Named
    const ofLog = names.get(log) ?? new Map<string, Pick<Named, 'name' | 'email'>>()
    ofLog.set(member, { name, email })
    names.set(log, ofLog)
  }
  return names
}

interface NameRow {
  readonly log: string
  readonly operation: string
}

const NAMES = `SELECT o.log, o.operation FROM team_log l CROSS JOIN team_operation o INDEXED BY team_operation_kind
  ON o.log = l.log AND o.operation ->> 'kind' = ? WHERE o.no_effect IS NULL ORDER BY o.log, o.place`

/** The name of a member in a log; the uid where no one gave it yet. */
export function findName(reader: Reader, log: string, member: string): string {
  const row = reader.value<string>(NAME, { log, member, kind: NAMED_KIND })
  return row ?? member
}

const NAME = `SELECT operation ->> '$.body.name' FROM team_operation INDEXED BY team_operation_kind
  WHERE log = :log AND operation ->> 'kind' = :kind AND no_effect IS NULL AND operation ->> '$.body.member' = :member
  ORDER BY place DESC LIMIT 1`
