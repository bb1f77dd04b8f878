import { createHash } from 'node:crypto'

import type { ImportResult } from '../../../shared/contract/files.ts'
import { createUidFor } from '../../register/clients/client.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Fact } from '../../../shared/domain/facts.ts'
import { MOST_IMPORTED_DAYS } from '../../../shared/decisions/people.ts'
import type { ImportProgress } from '../../../shared/domain/import/stages.ts'
import type { SourceOutcome } from '../../../shared/domain/source.ts'
import type { Reader } from '../../register/db/handles.ts'
import { readRevision } from '../../register/db/meta.ts'
import type { Register } from '../../register/register.ts'
import { keepOverdue } from '../../register/apply/file-import.ts'
import { deriveNoted, keepKeyNotes } from '../../register/apply/key-notes.ts'
import type { NewReading } from '../../register/apply/reading.ts'
import { applyOwnReading } from '../../register/team/share-reading.ts'
import { type Commit, type Deciding, type TransactionResult, transactDecision } from '../core/context.ts'
import { carryOut, readUid } from '../core/operations.ts'
import { invalid } from '../kit/refusal.ts'
import { type ImportRequest, type ImportDraft, plannedImport, type PlannedBatch } from './import-plan.ts'

/** Where an import writes: the register of the service, or the connection of a thread beside it. */
export type ImportedInto = Pick<Register, 'reader' | 'transact'>

export interface WriteTerms {
  readonly deciding: Deciding
  /** Receives each stage; it throws once the import is cancelled, and from `save` on it can no longer be. */
  readonly report: (progress: ImportProgress) => void
}

/** The result, and what the windows are to be notified of; null when nothing was written. */
export interface ImportWritten {
  readonly result: ImportResult
  readonly written: Pick<TransactionResult<unknown>, 'actions' | 'found'> | null
}

/**
 * Imports a file, all of its organizations in one transaction. Refused rows are left out and listed; a file without a
 * change writes nothing. Throws as `plannedImport` does, and INVALID for a required column that nothing fills.
 */
export function writeImport(
  register: ImportedInto,
  request: ImportRequest,
  { deciding, report }: WriteTerms,
): ImportWritten {
  const moment = { now: deciding.at, today: deciding.today }
  const plan = (reader: Reader): ImportDraft => plannedImport(reader, request, { moment, report })
  const revision = readRevision(register.reader)
  const planned = plan(register.reader)
  const { unmapped } = planned
  if (unmapped) throw invalid('mapping', unmapped, 'Map the column and import again.')
  if (planned.batches.length === 0) return { result: { ...planned.shown, syncIds: [] }, written: null }
  const done = transactDecision(register, deciding, (act) => {
    // Another connection may have written meanwhile.
    const current = readRevision(act.writer) === revision ? planned : plan(act.writer)
    const result = writePlanned(act, request, current, report)
    report({ stage: 'save', rows: 0 })
    return result
  })
  return { result: done.result, written: { actions: done.actions, found: done.found } }
}

function writePlanned(
  decision: Commit,
  request: ImportRequest,
  planned: ImportDraft,
  report: WriteTerms['report'],
): ImportResult {
  const subject = fileName(request.fileName)
  const { add, change } = planned.shown.counts
  report({ stage: 'write', rows: add + change })
  const done = planned.batches.map((batch) => writeBatch(decision, planned, batch, { subject, report }))
  const made = new Map(done.map(({ batch, connectionId }) => [batch.heading, connectionId]))
  const organizations = planned.shown.organizations.map((organization) => ({
    ...organization,
    connectionId: organization.connectionId ?? made.get(organization.heading) ?? null,
  }))
  const syncIds = done.map(({ syncId }) => syncId).filter((id) => id !== null)
  decision.note({
    action: 'file.imported',
    client: request.client,
    subject,
    body: {
      kind: request.kind,
      sha256: createHash('sha256').update(request.content).digest('hex'),
      bytes: request.content.byteLength,
      encoding: planned.shown.encoding,
      counts: planned.shown.counts,
      reviews: done.reduce((sum, { reviews }) => sum + reviews, 0),
      organizations: done.map(({ batch, connectionId, syncId }) => ({
        heading: batch.heading,
        connection: connectionId,
        sync: syncId,
      })),
    },
  })
  return { ...planned.shown, organizations, syncIds }
}

/** The file's name without the folders, which are private. */
function fileName(path: string): string {
  const name = path.split(/[/\\]/u).at(-1) ?? ''
  return name === '' ? 'a file' : name.slice(0, 200)
}

interface BatchResult {
  readonly batch: PlannedBatch['batch']
  readonly connectionId: number
  /** Null when the file added notes alone: the provider's own reading stays the last one. */
  readonly syncId: number | null
  /** How many last review dates the file has. */
  readonly reviews: number
}

function writeBatch(
  decision: Commit,
  planned: ImportDraft,
  one: PlannedBatch,
  { subject, report }: { readonly subject: string; readonly report: WriteTerms['report'] },
): BatchResult {
  const { batch, plan } = one
  const { writer, at } = decision
  const connectionId = one.connection?.id ?? addConnection(decision, planned, one)
  const noted = { connectionId, notes: plan.notes, at }
  const syncId =
    plan.facts.length === 0
      ? null
      : applyOwnReading(writer, toReading(decision, connectionId, one), {
          noted,
          onStage: (stage) => report({ stage, rows: 0 }),
        }).syncId
  const days = plan.reviews.map(({ principal, day }): [string, Day | null] => [principal, day])
  const of = { v: 1, connectionUid: readUid(writer, 'connection', connectionId) } as const
  for (let from = 0; from < days.length; from += MOST_IMPORTED_DAYS) {
    const body = { ...of, days: days.slice(from, from + MOST_IMPORTED_DAYS) }
    carryOut(decision, [{ kind: 'access.reviews-imported', client: planned.client, subject, body }])
  }
  keepOverdue(writer, connectionId, plan.overdue)
  if (syncId === null) deriveNoted(writer, keepKeyNotes(writer, noted))
  return { batch, connectionId, syncId, reviews: days.length }
}

function toReading({ at, operator }: Commit, connectionId: number, one: PlannedBatch): NewReading {
  const { batch, plan } = one
  return {
    connectionId,
    origin: 'file',
    startedAt: at,
    finishedAt: at,
    operator,
    facts: plan.facts.map(({ source, facts }) => ({
      source,
      project: null,
      facts: source === batch.source ? [...organizationFact(one), ...facts] : facts,
    })),
    outcomes: plan.facts.map(({ source, facts }) => toOutcome(one, source, facts)),
  }
}

function addConnection(decision: Commit, planned: ImportDraft, { batch }: PlannedBatch): number {
  const { provider, organizationId } = batch
  const { client } = planned
  const label = batch.heading.slice(0, 120)
  const connectionUid = createUidFor(decision.writer, client, decision.at)
  const about = { provider, platform: null, organizationId, label, baseUrl: null, access: 'read-only' } as const
  const body = { v: 1, connectionUid, ...about } as const
  const [made] = carryOut(decision, [{ kind: 'connection.added', client, subject: label, body }])
  return made?.['connection'] ?? 0
}

function organizationFact({ batch }: PlannedBatch): Fact[] {
  return batch.organizationId === null ? [] : [{ type: 'organization', externalId: batch.organizationId, name: null }]
}

function toOutcome(planned: PlannedBatch, source: SourceOutcome['source'], facts: readonly Fact[]): SourceOutcome {
  const own = source === planned.batch.source
  const refused = own ? planned.refused : 0
  const named = facts.filter((fact) => fact.type === 'principal' || fact.type === 'key').length
  return {
    source,
    project: null,
    state: 'complete',
    expected: null,
    fetched: own ? planned.rows - refused : named,
    excluded: refused === 0 ? [] : [{ count: refused, reason: 'Refused when the file was imported' }],
    reason: null,
  }
}
