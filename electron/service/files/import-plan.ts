import type { ImportPlan, ImportRow } from '../../../shared/contract/files.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { ImportProgress } from '../../../shared/domain/import/stages.ts'
import { type BatchPlan, type ImportBatch, planBatch } from '../../../shared/domain/import/plan-batch.ts'
import { NOTHING_CURRENT } from '../../../shared/domain/import/current.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { getClient } from '../../register/clients/client.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'
import { readCurrent } from '../../register/apply/file-import.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'
import { clientId } from '../../register/clients/slug.ts'
import type { Reader } from '../../register/db/handles.ts'
import { noClient } from '../core/context.ts'
import { invalid, Refusal } from '../kit/refusal.ts'
import { type FileBatch, type FileKind, type FileRead, readFile } from '../files-in/read-file.ts'
import { csvConnection, readTarget } from './targets.ts'

/** The input of `files.plan` and `files.import`. */
export interface ImportRequest {
  readonly client: string
  readonly kind: FileKind
  readonly fileName: string
  readonly content: Uint8Array
  readonly mapping?: Readonly<Record<string, string | null>> | undefined
  readonly connection?: number | undefined
  readonly provider: string
  readonly complete?: boolean | undefined
}

/** One organization of a file, the connection that it is imported into, and what that would change. */
interface ComparedBatch {
  readonly batch: ImportBatch
  /** Null: one will be made. */
  readonly connection: StoredConnection | null
  readonly plan: BatchPlan
  /** True if anything is to be written. */
  readonly writes: boolean
}

/** A batch without the rows of the file, which a large one should not hold in memory while it is written. */
export interface PlannedBatch {
  readonly batch: Pick<ImportBatch, 'heading' | 'provider' | 'organizationId' | 'source'>
  readonly connection: StoredConnection | null
  readonly plan: Pick<BatchPlan, 'facts' | 'reviews' | 'overdue' | 'notes'>
  /** How many rows of the file there are, and how many of them are refused. */
  readonly rows: number
  readonly refused: number
}

export interface ImportDraft {
  readonly client: string
  /** Why no row can be imported; null when rows can. */
  readonly unmapped: string | null
  /** Those that something is written of. */
  readonly batches: readonly PlannedBatch[]
  readonly shown: ImportPlan
}

/** The most rows that one answer holds. */
const MAX_ROWS = 1000

export interface ImportTerms {
  readonly moment: Moment
  /** Receives each stage; it throws once the import is cancelled. */
  readonly report: (progress: ImportProgress) => void
}

/** Reads a file and compares it with the register. Writes nothing. Throws `Refusal` when no row of it can be read. */
export function plannedImport(reader: Reader, request: ImportRequest, { moment, report }: ImportTerms): ImportDraft {
  const id = clientId(reader, request.client) ?? noClient(reader, request.client)
  const client = getClient(reader, request.client)
  if (client?.archivedAt !== null) {
    throw new Refusal('CONFLICT', 'The client is archived.', 'Restore it before importing into it.')
  }
  const csvTarget =
    request.kind === 'register'
      ? null
      : csvConnection(reader, request.client, { connection: request.connection, provider: request.provider })
  const provider = csvTarget?.provider ?? request.provider
  report({ stage: 'read', rows: 0 })
  const read = readFile({
    kind: request.kind,
    content: request.content,
    mapping: request.mapping,
    moment,
    csvTarget: {
      heading: csvTarget?.label ?? providerName(provider),
      provider,
      organizationId: csvTarget?.organizationId ?? null,
    },
  })
  if (!read.ok) throw invalid('content', read.reason, read.hint)
  const { chosen, notices } = ofClient(read.batches, client.name)
  const rowCount = chosen.reduce((sum, batch) => sum + countRows(batch), 0)
  report({ stage: 'compare', rows: rowCount })
  const keyNamePattern = effectivePolicy(reader, id).keyNamePattern
  const complete = request.complete ?? request.kind === 'register'
  const batches = chosen.map((batch): ComparedBatch => {
    const target =
      request.kind === 'register'
        ? readTarget(reader, request.client, batch)
        : { ok: true as const, connection: csvTarget }
    if (!target.ok) return refusedBatch(batch, target.reason)
    const { connection } = target
    const current = connection === null ? NOTHING_CURRENT : readCurrent(reader, connection.id)
    const plan = planBatch(batch, { current, keyNamePattern, complete })
    // An organization without a row is a change too, when the register does not have it.
    const isNew = connection === null && plan.rows.every((row) => row.action !== 'refuse')
    return { batch, connection, plan, writes: plan.changes || isNew }
  })
  const shown = shownPlan(request, read, batches, [...read.notices, ...notices, ...batches.flatMap(listNotices)])
  return {
    client: request.client,
    unmapped: read.unmapped?.reason ?? null,
    batches: batches.filter(({ writes }) => writes).map(toPlanned),
    shown,
  }
}

function toPlanned({ batch, connection, plan }: ComparedBatch): PlannedBatch {
  const { heading, provider, organizationId, source } = batch
  const { facts, reviews, overdue, notes, rows } = plan
  return {
    batch: { heading, provider, organizationId, source },
    connection,
    plan: { facts, reviews, overdue, notes },
    rows: rows.length,
    refused: countRefused(rows),
  }
}

function countRefused(rows: BatchPlan['rows']): number {
  return rows.filter((row) => row.action === 'refuse').length
}

function countRows({ people, serviceAccounts, keys, refusals }: ImportBatch): number {
  return people.length + serviceAccounts.length + keys.length + refusals.length
}

/** A register of several clients is imported for one of them at a time. */
function ofClient(
  batches: readonly FileBatch[],
  clientName: string,
): { readonly chosen: readonly FileBatch[]; readonly notices: readonly string[] } {
  const named = [...new Set(batches.map((batch) => batch.client).filter((name) => name !== null))]
  if (named.length < 2) return { chosen: batches, notices: [] }
  const chosen = batches.filter((batch) => batch.client === null || batch.client === clientName.trim())
  if (chosen.length === 0) {
    throw invalid(
      'client',
      `The file is a register of several clients, and none of them is called ${clientName}.`,
      `Choose one of its clients: ${named.slice(0, 10).join(', ')}.`,
    )
  }
  const others = named.filter((name) => name !== clientName.trim())
  return { chosen, notices: [`Sections of other clients were left out: ${others.slice(0, 10).join(', ')}.`] }
}

function refusedBatch(batch: ImportBatch, reason: string): ComparedBatch {
  const lines = [...batch.people, ...batch.serviceAccounts, ...batch.keys, ...batch.refusals]
  const rows = lines
    .map(({ line }) => ({ line, action: 'refuse' as const, subject: batch.heading.slice(0, 100), detail: reason }))
    .sort((a, b) => a.line - b.line)
  const plan: BatchPlan = {
    rows,
    facts: [],
    reviews: [],
    overdue: [],
    notes: [],
    missing: [],
    closesMissing: false,
    changes: false,
  }
  return { batch, connection: null, plan, writes: false }
}

function listNotices({ batch, connection, plan }: ComparedBatch): string[] {
  const notices: string[] = []
  const refused = plan.rows.some((row) => row.action === 'refuse')
  if (plan.missing.length > 0) {
    const names = plan.missing.slice(0, 10).join(', ')
    const more = plan.missing.length > 10 ? ` and ${plan.missing.length - 10} more` : ''
    const fate = plan.closesMissing
      ? 'They are closed by the import.'
      : refused
        ? 'They stay, since rows of the file are refused.'
        : 'They stay; import the file as complete to close them.'
    notices.push(`${batch.heading}: an earlier file named these and this one does not: ${names}${more}. ${fate}`)
  }
  if (connection !== null && plan.facts.length === 0 && plan.rows.some((row) => row.action !== 'refuse')) {
    notices.push(
      `${batch.heading} is read from the provider. The file adds reviews, purposes, contacts and due days; who has access is not taken from it.`,
    )
  }
  if (plan.rows.length === 0) notices.push(`${batch.heading} holds no rows.`)
  return notices
}

function shownPlan(
  request: ImportRequest,
  read: FileRead,
  batches: readonly ComparedBatch[],
  notices: readonly string[],
): ImportPlan {
  const unmapped: ImportRow[] = read.unmapped
    ? [{ line: read.unmapped.line, action: 'refuse', subject: 'The file', detail: read.unmapped.reason }]
    : []
  const rows: ImportRow[] = [...unmapped, ...batches.flatMap((b) => b.plan.rows)]
  const count = (action: ImportRow['action']): number => rows.filter((row) => row.action === action).length
  return {
    kind: request.kind,
    encoding: read.encoding,
    delimiter: read.delimiter,
    columns: [...read.columns],
    mapping: { ...read.mapping },
    organizations: batches.map(({ batch, connection }) => ({
      heading: batch.heading,
      provider: batch.provider,
      organizationId: batch.organizationId,
      connectionId: connection?.id ?? null,
    })),
    counts: { add: count('add'), change: count('change'), same: count('same'), refuse: count('refuse') },
    rows: shortened(rows),
    notices: [...(read.unmapped ? [read.unmapped.reason] : []), ...notices],
  }
}

const URGENCY: readonly ImportRow['action'][] = ['refuse', 'change', 'add', 'same']

/** Rows that need no attention do not fit: rows without a change are dropped first, refused ones last. By line. */
function shortened(rows: readonly ImportRow[]): ImportRow[] {
  const kept =
    rows.length <= MAX_ROWS
      ? [...rows]
      : URGENCY.flatMap((action) => rows.filter((row) => row.action === action)).slice(0, MAX_ROWS)
  return kept.sort((a, b) => a.line - b.line)
}
