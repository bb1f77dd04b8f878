import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { removeLocalFields } from '../../../shared/decisions/local.ts'
import { isKind } from '../../../shared/decisions/operations.ts'
import { findUnseen, type LastAbout, listTopics, usesOn } from '../../../shared/decisions/topics.ts'
import type { Card } from '../../../shared/team/card.ts'
import { judgeOperation } from '../../../shared/team/judge.ts'
import { NAMED_KIND } from '../../../shared/team/named.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { NoEffectReason } from '../../../shared/team/outcome.ts'
import { createPreconditions, hasPrecondition } from '../../../shared/team/preconditions.ts'
import { findPerson } from '../../../shared/team/rights.ts'
import type { PlacedBatch } from '../../../shared/team/batch.ts'
import type { Reader } from '../db/handles.ts'
import { fingerprintKey, headAfter, isSigned, sha256, startHead } from './hash-batch.ts'
import { readCards } from './logs.ts'
import { readTeamPlace } from './place.ts'
import { readBatches } from './store.ts'
import { MOST_SUBJECT } from './waiting.ts'

interface Problem {
  readonly table: 'team_log' | 'team_batch' | 'team_operation'
  readonly row: number
  readonly says: string
}

export interface LogChecks {
  readonly operations: number
  readonly problems: readonly Problem[]
}

const TOGETHER = 200
const toHex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('hex'))

/**
 * Computes the heads of a team's logs again from the batches that a register holds, checks every signature by the cards, compares each operation with
 * the hash that its author signed and with its row of the journal, and asks for each again whether it has an effect: no stored verdict is believed.
 */
export function checkLogs(reader: Reader): LogChecks {
  const problems: Problem[] = []
  let operations = 0
  const place = readTeamPlace(reader)
  const names = readAllNames(reader)
  const logs = reader.all<{ readonly log: string; readonly head: Uint8Array; readonly next: number }>(
    'SELECT log, head, next FROM team_log WHERE is_held = 1 ORDER BY log',
  )
  for (const { log, head: end, next } of logs) {
    const say = (table: Problem['table'], row: number, says: string): void => void problems.push({ table, row, says })
    const cards = new Map(readCards(reader, log, -1).map(({ head, card }) => [toHex(head), card]))
    const checking = { judge: createJudge(log), names }
    let root = log === place?.team ? null : (place?.root ?? null)
    let head = startHead(log, root)
    let at = 0
    for (
      let batches = readBatches(reader, log, 0, TOGETHER);
      batches.length > 0;
      batches = readBatches(reader, log, at, TOGETHER)
    ) {
      for (const batch of batches) {
        const where = `Batch ${batch.at} of the log ${log}`
        if (batch.at !== at)
          say('team_batch', batch.at, `${where} follows position ${at - 1}: batches between them are missing.`)
        const hashed = toHashed(batch)
        const signature = toHex(batch.signature) ?? ''
        const own = cards.get(headAfter(hashed, signature)) ?? null
        const card = cards.get(hashed.card) ?? own
        const key = card === null ? null : findPerson(card, batch.device)?.found.signKey
        if (hashed.before !== head) say('team_batch', batch.at, `${where} does not follow the one before it.`)
        else if (key === null || key === undefined || !isSigned(root, hashed, signature, key))
          say('team_batch', batch.at, `${where} is not signed by its device.`)
        head = headAfter(hashed, signature)
        if (head !== toHex(batch.head)) say('team_batch', batch.at, `${where} has another head than was noted.`)
        if (log === place?.team && at === 0) root = head
        at = batch.at + 1
        if (card !== null) {
          const checked = checkOperations(reader, batch, own ?? card, checking)
          operations += checked.count
          for (const says of checked.says) say('team_operation', batch.at, `${where}: ${says}`)
        }
      }
    }
    if (at !== next || head !== toHex(end)) {
      say(
        'team_log',
        0,
        `The batches of the log ${log} are not those that this register read: one was changed, added or removed.`,
      )
    }
  }
  return { operations, problems }
}

/** A batch as its signature covers it. */
export function toHashed(batch: PlacedBatch) {
  const { log, at, device, class: of, change, box } = batch
  return {
    log,
    at,
    before: toHex(batch.before) ?? '',
    card: toHex(batch.card),
    device,
    class: of,
    change,
    boxHead: toHex(box.subarray(0, 40)) ?? '',
    boxHash: sha256(box),
  }
}

interface OperationRow {
  readonly operation: string
  readonly hash: Uint8Array
  readonly member: string
  readonly noEffect: NoEffectReason | null
  readonly seen: number
  readonly place: number
  readonly seq: number | null
  readonly action: string | null
  readonly body: string | null
  readonly at: number | null
  readonly operator: string | null
  readonly subject: string | null
}

const OF_BATCH = `SELECT o.operation, o.hash, o.member, o.no_effect AS noEffect, o.seen, o.place, o.journal_seq AS seq, j.action, j.body, j.at, j.operator, j.subject
  FROM team_operation o LEFT JOIN journal j ON j.seq = o.journal_seq
  WHERE o.log = ? AND o.place BETWEEN ? AND ? ORDER BY o.place`

function checkOperations(reader: Reader, batch: PlacedBatch, card: Card, { judge, names }: Checking) {
  const rows = reader.all<OperationRow>(OF_BATCH, [batch.log, batch.at * 512, batch.at * 512 + 511])
  const says: string[] = []
  const named = Buffer.from(batch.box.subarray(8, 40)).toString('hex')
  if (rows.length > 0 && sha256(...rows.map(({ hash }) => hash)) !== named)
    says.push('its operations are not those that were signed.')
  for (const [part, row] of rows.entries()) {
    const op = JSON.parse(row.operation) as Op
    if (sha256(row.operation) !== toHex(row.hash)) says.push(`operation ${part} is not the one that was signed.`)
    if (judge(op, row, batch, card) !== row.noEffect) says.push(`operation ${part} has another effect than was noted.`)
    if (row.seq !== null && !(isAlike(op, row) && isOf(row, batch.device, names)))
      says.push(`operation ${part} differs from its row ${row.seq} of the audit log.`)
  }
  return { count: rows.length, says }
}

/** The numbers of this register, and the pieces of what a review froze, are in one of the two only. */
function isAlike(
  { kind, at, subject, body }: Op,
  { action, at: shown, subject: words, body: text }: OperationRow,
): boolean {
  if (kind !== action || at !== shown || text === null || !isKind(kind)) return false
  if (words?.slice(0, MOST_SUBJECT).toWellFormed() !== subject) return false
  const write = (value: Readonly<Record<string, unknown>>): string => {
    const { pieces: _, ...shared } = removeLocalFields(kind, value) as Readonly<Record<string, Json>>
    return canonicalJson(shared)
  }
  try {
    return write(body) === write(JSON.parse(text) as Readonly<Record<string, unknown>>)
  } catch {
    return false
  }
}

interface Names {
  /** This device, whose rows have the name under which its member decided. */
  readonly own: string | null
  /** Every name that a member had, and their uid, which is in the place of a name that no log gave yet. */
  readonly of: ReadonlyMap<string, ReadonlySet<string>>
}

function isOf({ operator, member }: OperationRow, device: string, { own, of }: Names): boolean {
  return device === own || operator === member || (operator !== null && of.get(member)?.has(operator) === true)
}

function readAllNames(reader: Reader): Names {
  const of = new Map<string, Set<string>>()
  for (const { member, name } of reader.all<{ readonly member: string; readonly name: string }>(NAMES, [NAMED_KIND]))
    of.set(member, (of.get(member) ?? new Set()).add(name))
  return { own: readTeamPlace(reader)?.device ?? null, of }
}

const NAMES = `SELECT o.operation ->> '$.body.member' AS member, o.operation ->> '$.body.name' AS name
  FROM team_log l CROSS JOIN team_operation o INDEXED BY team_operation_kind ON o.log = l.log AND o.operation ->> 'kind' = ? WHERE o.no_effect IS NULL`

interface Checking {
  readonly judge: Judge
  readonly names: Names
}

type Judge = (op: Op, row: OperationRow, batch: PlacedBatch, card: Card) => NoEffectReason | null

/** The verdicts of a log from its first operation on, computed from operations and cards alone. */
function createJudge(log: string): Judge {
  const preconditions = createPreconditions(log)
  const [counted, effects] = [new Set<string>(), new Map<string, NoEffectReason | null>()]
  const [topics, places] = [new Map<string, LastAbout>(), new Map<string, number>()]
  const readings: { readonly connection: unknown; readonly began: number; readonly place: number }[] = []
  const decide: Judge = (op, { member, place, hash }, batch, card) => {
    const early =
      batch.class === 'card' ? null : judgeOperation({ log, card, hasCounted: (uid) => counted.has(uid) }, batch, op)
    if (early !== null) return early
    if (op.on !== null && usesOn(op.kind) && (effects.get(op.on) ?? null) !== null) return 'rests-on-no-effect'
    const seen = op.on === null ? -1 : (places.get(op.on) ?? -1)
    if (op.kind === 'reading.taken') {
      const { connectionUid, began } = op.body
      const isLate = readings.some(
        (one) => one.connection === connectionUid && one.place > seen && one.began > Number(began),
      )
      return isLate ? 'precondition' : null
    }
    const { kind, body, on } = op
    if (hasPrecondition(kind)) {
      const placed = { kind, body, on, hash: toHex(hash) ?? '', member, device: batch.device, order: place }
      return preconditions.take({ ...placed, needsApproval: card.approvals })?.reason ?? null
    }
    const asking = { kind, body, member, onOrder: seen < 0 ? null : seen, isAgency: card.kind === 'agency' }
    return findUnseen(asking, (topic) => topics.get(topic) ?? null) === null ? null : 'decided-meanwhile'
  }
  return (op, row, batch, card) => {
    const reason = decide(op, row, batch, card)
    const hash = toHex(row.hash) ?? ''
    effects.set(hash, reason)
    if (reason !== null) return reason
    counted.add(op.uid)
    places.set(hash, row.place)
    if (op.kind === 'reading.taken') {
      readings.push({ connection: op.body['connectionUid'], began: Number(op.body['began']), place: row.place })
    }
    if (usesOn(op.kind)) {
      for (const { name, value } of listTopics(op, card.kind === 'agency')) {
        topics.set(name, { hash, order: row.place, member: row.member, value })
      }
    }
    return null
  }
}

/** The head of a log after a batch, in hex; null where the register does not hold it. It is computed from the bytes that are held. */
export function findHead(reader: Reader, log: string, at: number): string | null {
  const [batch] = readBatches(reader, log, at, 1)
  return batch?.at === at ? headAfter(toHashed(batch), toHex(batch.signature) ?? '') : null
}

/** The team of a register: its root in hex, and the fingerprints of the keys of all its devices, also of those that left. */
export interface TeamKeys {
  readonly root: string
  readonly keys: readonly string[]
}

/** Null for a register without a team, and before its first batch is placed. */
export function readTeamKeys(reader: Reader): TeamKeys | null {
  const root = readTeamPlace(reader)?.root ?? null
  if (root === null) return null
  return { root, keys: reader.column<string>(SIGN_KEYS).map(fingerprintKey) }
}

const SIGN_KEYS = `SELECT DISTINCT d.value ->> '$.signKey' FROM team_card c, json_each(c.card, '$.people') p, json_each(p.value, '$.devices') d`
