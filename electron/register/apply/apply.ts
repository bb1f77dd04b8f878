import { commonFault, type ConnectionFault } from '../../../shared/domain/connection-fault.ts'
import { isMissed, type SourceOutcome } from '../../../shared/domain/source.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { listLacking, sharedReason } from '../../../shared/domain/sync-lack.ts'
import { deriveDue, deriveKeySummary, deriveNames } from '../keys/derive-keys.ts'
import { evaluateAfterSync } from '../findings/after-sync.ts'
import { tallyConnection } from '../facts/tallies.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { createUidOf } from '../db/uid.ts'
import { readOwner } from '../connections/connection.ts'
import { journal } from '../db/journal.ts'
import { effectivePolicy, policyLookup } from '../clients/policy.ts'
import { closeDecided } from '../reviews/closing.ts'
import { findOtherOrganization, type OpenedOrganization } from '../connections/same-organization.ts'
import { idsParam } from '../db/scope.ts'
import { indexForSearch } from '../db/search-index.ts'
import { keepKeyNotes, type KeysNoted, NOTHING_NOTED, type NotesOfFile, SERVED_TOGETHER } from './key-notes.ts'
import { digestOfSync } from './digest.ts'
import { accessChanged, deriveEffectiveAccess, deriveRemoved } from './derive-access.ts'
import { admitNewKeys } from './lineage.ts'
import { linkPeople } from './people.ts'
import type { NewReading, Reading } from './reading.ts'
import { stage } from './stage.ts'
import { refreshUsageNames } from '../usage/names.ts'
import { applyRelations, applySubjects, closeDependants } from './versions.ts'

export type AppliedState = 'complete' | 'partial' | 'failed'

export interface ApplyResult {
  readonly syncId: number
  readonly state: AppliedState
  readonly fault: ConnectionFault | null
  /** The reading as it was named. */
  readonly reading: Reading
}

/** Writes what decisions that were made before mean for new facts of a sync. */
export type Settle = (writer: Writer, syncId: number) => void

/** Called when the facts are written, and again before the rules are checked; an error that it throws ends the work. */
export type OnStage = (stage: 'index' | 'check') => void

interface ApplyOptions {
  readonly settle?: Settle | undefined
  /** The notes of a file about keys. */
  readonly noted?: NotesOfFile | null
  readonly onStage?: OnStage | undefined
}

/** A reading of this machine gets its name and its day; one that has them keeps them. */
export function nameReading(reader: Reader, reading: NewReading | Reading): Reading {
  if ('uid' in reading) return reading
  const { connectionId, finishedAt } = reading
  return { uid: createUidOf(readOwner(reader, connectionId), finishedAt), day: toLocalDay(finishedAt), ...reading }
}

/**
 * Writes one reading as one sync: new facts are opened, changed ones closed and reopened, missing ones closed where
 * their source was read completely. Everything derived from the facts is written in the same transaction, so that
 * killing the process at any moment leaves the last complete sync.
 */
export function applyReading(
  writer: Writer,
  read: NewReading | Reading,
  { settle = () => undefined, noted = null, onStage = () => undefined }: ApplyOptions = {},
): ApplyResult {
  const reading = nameReading(writer, read)
  const { connectionId } = reading
  const strange = strangeReading(writer, reading)
  const state = strange === null ? getState(reading.outcomes) : 'failed'
  const lack =
    strange === null ? whyIncomplete(state, reading.outcomes) : ({ fault: 'organization', reason: strange } as const)
  const syncId = recordSync(writer, { ...reading, state, ...lack })
  if (state === 'failed') return { syncId, state, fault: lack.fault, reading }
  const clientId = writer.value<number>('SELECT client_id FROM connection WHERE id = ?', [connectionId]) ?? 0
  const { organization, usedSince } = stage(writer, reading)
  if (organization) {
    writer.run(
      'UPDATE connection SET organization_id = ?, organization_name = ifnull(?, organization_name), platform = ifnull(?, platform) WHERE id = ?',
      [organization.externalId, organization.name, organization.platform ?? null, connectionId],
    )
  }
  // Which key follows which does not depend on the pattern, only the words that this register's policy reads in a name.
  admitNewKeys(writer, {
    connectionId,
    operator: reading.operator,
    uid: reading.uid,
    at: reading.finishedAt,
    keyNamePattern: effectivePolicy(writer, clientId).keyNamePattern,
  })
  applySubjects(writer, connectionId, syncId)
  applyRelations(writer, connectionId, syncId)
  closeDependants(writer, connectionId, syncId)
  const keyUsedSince = observeLastUse(writer)
  learnTools(writer)
  derive(writer, connectionId, syncId, reading.finishedAt)
  settle(writer, syncId)
  onStage('index')
  deriveKeysRead(writer, syncId, noted === null ? NOTHING_NOTED : keepKeyNotes(writer, noted))
  tallyConnection(writer, connectionId)
  refreshUsageNames(writer, clientId)
  closeDecided(writer, { connectionId, syncId, began: reading.startedAt, at: reading.finishedAt })
  onStage('check')
  const at = { now: reading.finishedAt, today: reading.day, syncId }
  evaluateAfterSync(writer, connectionId, at, usedSince || keyUsedSince)
  const applied = { syncId, state, fault: lack.fault, reading }
  journalSync(writer, reading, applied)
  return applied
}

/** So that later changes of facts that no sync made are found. */
function journalSync(
  writer: Writer,
  { connectionId, operator, finishedAt }: Reading,
  { syncId, state }: ApplyResult,
): void {
  const of = writer.get<{ readonly slug: string; readonly label: string }>(
    'SELECT c.slug, cn.label FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.id = ?',
    [connectionId],
  )
  const body = { connection: connectionId, sync: syncId, state, ...digestOfSync(writer, syncId) }
  journal(writer, {
    at: finishedAt,
    operator,
    action: 'sync.applied',
    client: of?.slug ?? null,
    subject: of?.label ?? '',
    body,
  })
}

/**
 * Why a reading belongs to another organization than its connection, as after a mistaken change of its credential; null
 * when it does not. If it were applied, it would close all known facts and mix two organizations in one history.
 */
function strangeReading(writer: Writer, reading: NewReading): string | null {
  if (reading.origin !== 'api') return null
  const strange = findOtherOrganization(writer, reading.connectionId, openedOrganization(reading))
  return strange === null ? null : `${strange.message} The register was not changed. ${strange.remediation}`
}

/** The organization that a reading's credential opened, as the reading shows it. */
export function openedOrganization(reading: Pick<NewReading, 'facts'>): OpenedOrganization {
  const facts = reading.facts.flatMap((page) => page.facts)
  const organization = facts.find((fact) => fact.type === 'organization')
  return {
    externalId: organization?.externalId ?? null,
    namedByProject: organization?.namedByProject,
    projects: facts.filter((fact) => fact.type === 'project').map(({ externalId }) => externalId),
    principals: facts.filter((fact) => fact.type === 'principal').map(({ externalId }) => externalId),
  }
}

/** Records a sync that brought no result (cancelled or refused). Returns its id. */
export function recordAttempt(
  writer: Writer,
  attempt: NewReading & {
    readonly state: 'failed' | 'cancelled'
    readonly reason: string
    readonly fault?: ConnectionFault | null
  },
): number {
  return recordSync(writer, { ...attempt, ...nameReading(writer, attempt), fault: attempt.fault ?? null })
}

function getState(outcomes: readonly SourceOutcome[]): AppliedState {
  if (!outcomes.some((o) => o.state === 'complete')) return 'failed'
  return outcomes.some(isMissed) ? 'partial' : 'complete'
}

/** Why a reading is not complete: the kind that most of its failures have, and one reason if nothing could be read. */
function whyIncomplete(
  state: AppliedState,
  outcomes: readonly SourceOutcome[],
): { readonly fault: ConnectionFault | null; readonly reason: string | null } {
  if (state === 'complete') return { fault: null, reason: null }
  const lacking = listLacking(outcomes)
  const faults = lacking.map((each) => each.fault ?? (each.state === 'denied' ? 'permission' : 'other'))
  const reason =
    state === 'failed' ? (sharedReason(lacking) ?? 'The provider reported nothing that could be read.') : null
  return { fault: commonFault(faults) ?? 'other', reason }
}

function recordSync(
  writer: Writer,
  sync: Omit<Reading, 'facts'> & {
    readonly state: AppliedState | 'cancelled'
    readonly reason: string | null
    readonly fault: ConnectionFault | null
  },
): number {
  const syncId = writer.run(
    `INSERT INTO sync (connection_id, origin, state, started_at, finished_at, operator, reason, fault, uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      sync.connectionId,
      sync.origin,
      sync.state,
      sync.startedAt,
      sync.finishedAt,
      sync.operator,
      sync.reason,
      sync.fault,
      sync.uid,
    ],
  ).lastId
  const insert = writer.prepare(
    `INSERT OR REPLACE INTO sync_source (sync_id, source, project, state, expected, fetched, excluded, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const o of sync.outcomes) {
    insert([syncId, o.source, o.project ?? '', o.state, o.expected, o.fetched, JSON.stringify(o.excluded), o.reason])
  }
  return syncId
}

/**
 * Last use is observed, not granted: it is updated on the key itself, without a new version. A use that was reported or
 * inferred is kept when the provider then reports "never", or "before" an earlier day. Returns whether any changed.
 */
function observeLastUse(writer: Writer): boolean {
  const { changes } = writer.run(
    `UPDATE key SET last_use_state = i.last_use_state, last_used_at = i.last_used_at, last_use_inexact = i.last_use_inexact
     FROM temp.in_key i
     WHERE key.id = i.id AND i.last_use_state <> 'not-reported'
       AND (key.last_use_state <> i.last_use_state OR key.last_used_at IS NOT i.last_used_at OR key.last_use_inexact <> i.last_use_inexact)
       AND (key.last_use_state <> 'known' OR (i.last_use_state = 'known' AND i.last_use_inexact = 0) OR ifnull(i.last_used_at > key.last_used_at, 0))`,
  )
  return changes > 0
}

/** The tool that made a key never changes; keys that were read before the tool was recorded get it here. */
function learnTools(writer: Writer): void {
  writer.run(
    'UPDATE key SET tool = i.tool FROM temp.in_key i WHERE key.id = i.id AND i.tool IS NOT NULL AND key.tool IS NOT i.tool',
  )
}

const STANDING = 'EXISTS (SELECT 1 FROM key_version v WHERE v.key_id = key.id AND v.to_sync IS NULL)'

/** Keys of earlier syncs that this one changed, or whose project's name changed. The names of new keys were read when they were admitted. */
const CHANGED_KEYS = `SELECT changed.key_id FROM (SELECT k.key_id FROM project_version n JOIN key_version k ON k.project_id = n.project_id AND k.to_sync IS NULL
    WHERE n.from_sync = :s AND n.to_sync IS NULL UNION SELECT key_id FROM key_version WHERE from_sync = :s AND to_sync IS NULL) changed
  WHERE EXISTS (SELECT 1 FROM key_version o WHERE o.key_id = changed.key_id AND o.from_sync < :s)`

/** Keys that share their settings with a key that a sync recognized as a successor. */
const SUCCEEDED = `SELECT k.id FROM rotation r JOIN key k ON k.logical_key_id = r.logical_key_id
  WHERE r.key_id IN (SELECT v.key_id FROM key_version v WHERE v.from_sync = :s)`

const touched = (table: string, id: string): string =>
  `SELECT ${id} AS value FROM ${table} WHERE from_sync = :s UNION SELECT ${id} FROM ${table} WHERE to_sync = :s`

const TOUCHED_KEYS = touched('key_version', 'key_id')

function derive(writer: Writer, connectionId: number, syncId: number, at: number): void {
  const s = { s: syncId }
  // Only where it changes, since a write updates two indexes.
  writer.run(`UPDATE key SET standing = ${STANDING} WHERE id IN (${TOUCHED_KEYS}) AND standing <> ${STANDING}`, s)
  deriveRemoved(writer, touched('principal_version', 'principal_id'), s)
  deriveNames(writer, CHANGED_KEYS, s)
  linkPeople(writer, connectionId, syncId, at)
  if (accessChanged(writer, syncId)) deriveEffectiveAccess(writer, connectionId)
  deriveKeySummary(writer, connectionId)
  indexForSearch(writer, 'project', touched('project_version', 'project_id'), s)
  indexForSearch(
    writer,
    'person',
    `SELECT p.person_id AS value FROM principal p WHERE p.person_id IS NOT NULL AND p.id IN (${touched('principal_version', 'principal_id')})`,
    s,
  )
}

/**
 * Due days and search index of the keys that a sync touched, and of those whose notes came with it: each once. The name of a
 * project may be what shows the environment of its keys, on which their interval depends.
 */
function deriveKeysRead(writer: Writer, syncId: number, { due, named }: KeysNoted): void {
  deriveDue(
    writer,
    policyLookup(writer),
    `${TOUCHED_KEYS} UNION ${CHANGED_KEYS} UNION ${SUCCEEDED} UNION ${SERVED_TOGETHER}`,
    {
      s: syncId,
      ids: idsParam(due),
    },
  )
  indexForSearch(writer, 'key', `${TOUCHED_KEYS} UNION ${SERVED_TOGETHER}`, { s: syncId, ids: idsParam(named) })
}
