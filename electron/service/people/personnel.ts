import { createHash } from 'node:crypto'

import type { PersonnelPlan } from '../../../shared/contract/people.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import { counted } from '../../../shared/domain/counted.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { matchColumns, missingFields, type Mapping } from '../../../shared/domain/import/match-columns.ts'
import { readPersonnelTable } from '../../../shared/domain/import/read-personnel.ts'
import { PERSONNEL_SOURCES, type PersonnelFormat, type PersonnelRead } from '../../../shared/domain/people/personnel.ts'
import {
  planPersonnel,
  type PersonnelPlanned,
  PERSONNEL_ACTIONS,
} from '../../../shared/domain/import/plan-personnel.ts'
import { personnelState, writePersonnel } from '../../register/people/import.ts'
import { assertWritable, type Context, commit, makeMoment, getReader, getToday } from '../core/context.ts'
import { invalid } from '../kit/refusal.ts'
import { decodeFile } from '../files-in/decode.ts'
import { readCsv } from '../files-in/read-csv.ts'
import { readScim } from '../files-in/read-scim.ts'
import { type FileRefusal } from '../files-in/refusal.ts'

export type PersonnelRequest = Inputs['people']['import']

interface FileRead extends PersonnelRead {
  readonly format: PersonnelFormat
  readonly encoding: string
  readonly delimiter: string | null
  readonly columns: readonly string[]
  readonly mapping: Mapping
  readonly notices: readonly string[]
  /** Why no row can be imported until the mapping is corrected; null when rows can. */
  readonly unmapped: string | null
  /** True if the source had more people than the file holds. */
  readonly isPart: boolean
}

interface PersonnelDraft {
  readonly read: FileRead
  readonly planned: PersonnelPlanned
  readonly shown: PersonnelPlan
}

/** The most rows that one answer holds. */
const MAX_ROWS = 1000

/**
 * `people.planImport`: previews an HR file's changes. Writes nothing. Throws `Refusal` INVALID for a file without a
 * readable row.
 */
export function planPersonnelFile(context: Context, request: PersonnelRequest): PersonnelPlan {
  return plannedFile(context, request).shown
}

/**
 * `people.import`: imports an HR file, in one transaction. Refused rows are left out and listed: a row is refused by its
 * cells in `import/read-personnel.ts` (of SCIM in `files-in/read-scim.ts`), the second row of an address in
 * `plan-personnel.ts`. A file without a change writes nothing. Throws as the plan does, INVALID for a column that nothing fills, and READ_ONLY.
 */
export function importPersonnel(context: Context, request: PersonnelRequest): PersonnelPlan {
  assertWritable(context)
  const { read, planned, shown } = plannedFile(context, request)
  if (read.unmapped !== null) throw invalid('mapping', read.unmapped, 'Map the column and import again.')
  const departed = shown.departs ? planned.missing : []
  if (planned.changes.length === 0 && departed.length === 0) return shown
  const { source } = shown
  return commit(context, ['access'], ({ writer, at, note }) => {
    const today = getToday(context)
    writePersonnel(writer, { changes: planned.changes, departed: departed.map(({ id }) => id), source, at, today })
    note({
      action: 'people.imported',
      client: null,
      subject: source,
      body: {
        file: fileName(request.fileName),
        format: read.format,
        sha256: createHash('sha256').update(request.content).digest('hex'),
        bytes: request.content.byteLength,
        counts: shown.counts,
        departed: departed.map(({ name }) => name.slice(0, 200)),
      },
    })
    return shown
  })
}

function plannedFile(context: Context, request: PersonnelRequest): PersonnelDraft {
  const read = readPersonnelFile(request, makeMoment(context))
  if (!('entries' in read)) throw invalid('content', read.reason, read.hint)
  const source = request.source ?? PERSONNEL_SOURCES[read.format]
  const full = (request.full ?? false) && !read.isPart
  const today = getToday(context)
  const current = personnelState(getReader(context), source, today)
  const planned = planPersonnel(read, { source, today, full, current })
  const refused = planned.rows.some((row) => row.action === 'refuse') || read.unmapped !== null
  const departs = (request.departMissing ?? false) && !refused && planned.missing.length > 0
  const rows = planned.rows.toSorted(
    (a, b) => PERSONNEL_ACTIONS.indexOf(a.action) - PERSONNEL_ACTIONS.indexOf(b.action) || a.line - b.line,
  )
  return {
    read,
    planned,
    shown: {
      format: read.format,
      source,
      encoding: read.encoding,
      delimiter: read.delimiter,
      columns: [...read.columns],
      mapping: { ...read.mapping },
      counts: getCounts(planned),
      departs,
      leavers: planned.leavers,
      rows: rows.slice(0, MAX_ROWS),
      notices: [
        ...listNotices(read, request),
        ...contestedNotices(planned),
        ...missingNotices(planned, { refused, departs }),
      ],
    },
  }
}

function getCounts({ rows }: PersonnelPlanned): PersonnelPlan['counts'] {
  const counts = { new: 0, update: 0, same: 0, doubtful: 0, depart: 0, refuse: 0 }
  for (const { action } of rows) counts[action] += 1
  return counts
}

function listNotices(read: FileRead, request: PersonnelRequest): string[] {
  const full = request.full ?? false
  const fields = new Set(Object.values(read.mapping))
  return [
    ...read.notices,
    ...(read.unmapped === null ? [] : [read.unmapped]),
    ...(read.format !== 'scim' && !fields.has('status') && !fields.has('endsOn')
      ? ['No column fills status or end date, so the file marks no one as a leaver.']
      : []),
    ...(read.isPart && full ? ['The list is one page of a longer one, so it does not name everyone.'] : []),
    ...(read.format === 'csv' ? [] : ['Accounts that are suspended or not active are treated as leavers.']),
  ]
}

function contestedNotices({ contested }: PersonnelPlanned): string[] {
  if (contested === 0) return []
  const who = contested === 1 ? 'One person' : counted(contested, 'person', 'people')
  return [`${who} of the file left according to another source, or a manual mark. The file does not change that.`]
}

function missingNotices(
  { missing }: PersonnelPlanned,
  { refused, departs }: { readonly refused: boolean; readonly departs: boolean },
): string[] {
  if (missing.length === 0) return []
  const [one] = missing
  const who =
    missing.length === 1 && one
      ? `One person is missing: ${one.name.slice(0, 100)}.`
      : `${counted(missing.length, 'person is', 'people are')} missing.`
  if (departs) return [`${who} The import treats people missing from the file as leavers.`]
  return [
    refused
      ? `${who} No one is treated as a leaver while rows of the file are refused.`
      : `${who} They stay unchanged unless people missing from the file are treated as leavers.`,
  ]
}

/** The file's name without the folders, which are private. */
function fileName(path: string): string {
  const name = path.split(/[/\\]/u).at(-1) ?? ''
  return name === '' ? 'a file' : name.slice(0, 200)
}

/** Reads a file's bytes into facts about people. Knows nothing of the register, and never throws. */
export function readPersonnelFile(
  request: Pick<PersonnelRequest, 'content' | 'format' | 'mapping'>,
  moment: Moment,
): FileRead | FileRefusal {
  const decoded = decodeFile(request.content)
  if (!decoded.ok) return decoded
  const format = request.format ?? (/^\s*[[{]/u.test(decoded.text) ? 'scim' : undefined)
  if (format !== 'scim') return readTable(decoded.text, decoded.encoding, format, request.mapping, moment)
  const scim = readScim(decoded.text)
  if (!scim.ok) return scim
  return {
    ...scim,
    format,
    encoding: decoded.encoding,
    delimiter: null,
    columns: [],
    mapping: {},
    notices: [],
    unmapped: null,
  }
}

function readTable(
  text: string,
  encoding: string,
  reported: 'csv' | 'google' | undefined,
  chosen: Mapping | undefined,
  moment: Moment,
): FileRead | FileRefusal {
  const csv = readCsv(text)
  if (!csv.ok) return csv
  const { columns } = csv.table
  const isGoogle = columns.includes('Email Address [Required]')
  if (reported === 'google' && !isGoogle) {
    return {
      ok: false,
      reason: 'The file is not a users export of Google Workspace: it has no column “Email Address [Required]”.',
      hint: 'Download the users in the Admin console with all columns, or read the file as CSV.',
    }
  }
  const matched = matchColumns('personnel', csv.table, chosen)
  if (!matched.ok) return { ok: false, reason: matched.reason, hint: 'Correct the mapping of the columns.' }
  const unmapped = missingFields('personnel', matched.mapping)
  const read =
    unmapped === null ? readPersonnelTable(csv.table, matched.mapping, moment) : { entries: [], refusals: [] }
  return {
    ...read,
    format: reported ?? (isGoogle ? 'google' : 'csv'),
    encoding,
    delimiter: csv.delimiter,
    columns,
    mapping: matched.mapping,
    notices: [],
    unmapped,
    isPart: false,
  }
}
