import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { CALLED_PROVIDER_IDS, DEFAULT_PROVIDER } from '../domain/providers/providers.ts'
import { IMPORT_ACTIONS } from '../domain/import/differences.ts'
import { IMPORT_STAGES } from '../domain/import/stages.ts'
import { KEY_FIELDS, PEOPLE_FIELDS, SERVICE_ACCOUNT_FIELDS } from '../domain/import/fields.ts'
import { REGISTER_FORMATS, REGISTER_TEXTS } from '../domain/text/register-formats.ts'
import { clientRef, fileTargetShape, fileWritten, id, operation, scopeShape, fileText } from './common.ts'

export const IMPORT_KINDS = ['register', 'people', 'keys', 'service-accounts'] as const
/** Formats of a saved chart. */
export const PICTURE_FORMATS = ['png', 'svg'] as const

export const TABLE_FORMATS = ['csv', 'md'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

/** The most rows of a list that are exported together; more are exported with the register. */
export const MAX_EXPORTED_ROWS = 20_000

export const importKind = z.enum(IMPORT_KINDS)
export type ImportKind = z.infer<typeof importKind>

/** Fields that a column can fill, per kind of CSV. A row without a required one is rejected. */
export const IMPORT_FIELDS = {
  people: PEOPLE_FIELDS,
  keys: KEY_FIELDS,
  'service-accounts': SERVICE_ACCOUNT_FIELDS,
} as const

export const columnMapping = z.record(z.string(), z.string().nullable())

export const importRow = z.object({
  /** Line in the file, from 1. */
  line: z.number().int(),
  action: z.enum(IMPORT_ACTIONS),
  subject: z.string(),
  /** The change, or the reason why it is rejected. */
  detail: z.string(),
})
export type ImportRow = z.infer<typeof importRow>

export const importPlan = z.object({
  kind: importKind,
  encoding: z.string(),
  delimiter: z.string().nullable(),
  /** For CSV: the header, and which field each column fills (null: none). Correct it and plan again. */
  columns: z.array(z.string()),
  mapping: columnMapping,
  /** Organizations in the file, and the connection that each is imported into (null: a new one). */
  organizations: z.array(
    z.object({
      heading: z.string(),
      provider: z.string(),
      organizationId: z.string().nullable(),
      connectionId: id.nullable(),
    }),
  ),
  counts: z.object({
    add: z.number().int(),
    change: z.number().int(),
    same: z.number().int(),
    refuse: z.number().int(),
  }),
  /** The first 1,000 rows; `counts` counts all of them. */
  rows: z.array(importRow),
  /** Messages about the whole file. */
  notices: z.array(z.string()),
})
export type ImportPlan = z.infer<typeof importPlan>

/** `syncIds`: one for each organization whose access the file changed. */
export const importResult = importPlan.extend({ syncIds: z.array(id) })
export type ImportResult = z.infer<typeof importResult>

/** The stage that an import has reached, with the rows of the file that it concerns, and at the end its result. */
export const importReport = z.discriminatedUnion('done', [
  z.object({ done: z.literal(false), stage: z.enum(IMPORT_STAGES), rows: z.number().int() }),
  importResult.extend({ done: z.literal(true) }),
])
export type ImportReport = z.infer<typeof importReport>

const importInput = z.object({
  client: z.string(),
  kind: importKind,
  fileName: z.string().max(500),
  content: z.instanceof(Uint8Array),
  /** Column → field. Left out: matched by the header. */
  mapping: columnMapping.optional(),
  /** The connection that a CSV is imported into; left out: one for the provider named below. */
  connection: id.optional(),
  provider: z.enum(CALLED_PROVIDER_IDS).default(DEFAULT_PROVIDER),
  /**
   * True if the file lists everything of its kind, so that what an earlier file named and this one does not is closed.
   * Left out: true for a register, false for a CSV.
   */
  complete: z.boolean().optional(),
})

export const registerFormat = z.enum(REGISTER_FORMATS)

/** Lines of a text that are printed; left out: all. With a limit, `rows` counts what was read to print them. */
const firstLines = z.number().int().min(1).optional()

export const registerTextInput = z.object({
  ...scopeShape,
  connection: id.optional(),
  format: z.enum(REGISTER_TEXTS),
  first: firstLines,
})

export const calendarTextInput = z.object({ ...scopeShape, contact: z.string().optional(), first: firstLines })

export const filesContract = {
  /** A dry run: what an import would add, change and reject. Writes nothing. */
  plan: operation.input(importInput).output(importPlan),
  /**
   * The import, in one transaction; rejected rows are left out and listed. Its stages, then its result. One that is
   * cancelled before it saves leaves nothing in the register.
   */
  import: operation.input(importInput).output(eventIterator(importReport)),
  /** Exports the access register of a client, a connection or all to a file, atomically. */
  exportRegister: operation
    .input(z.object({ ...scopeShape, connection: id.optional(), format: registerFormat, ...fileTargetShape }))
    .output(fileWritten),
  /** The register as text, for the terminal and the preview; not for xlsx. `first` limits the lines written and read. */
  renderRegister: operation.input(registerTextInput).output(z.object({ text: z.string(), rows: z.number().int() })),
  /** Writes the rotation calendar (iCalendar, RFC 5545). */
  exportCalendar: operation
    .input(z.object({ ...scopeShape, contact: z.string().optional(), ...fileTargetShape }))
    .output(fileWritten),
  /**
   * Writes a picture of a chart that a window drew, atomically, and records it in the journal: SVG as text, PNG as
   * base64. INVALID for content that is neither.
   */
  exportPicture: operation
    .input(
      z.object({
        ...scopeShape,
        /** The title of the chart. */
        title: z.string().min(1).max(200),
        format: z.enum(PICTURE_FORMATS),
        content: fileText(16_000_000),
        ...fileTargetShape,
      }),
    )
    .output(fileWritten),
  /**
   * Writes rows of a list as a window shows them, atomically, and records it in the journal: a CSV file without formulas, or
   * a Markdown table under a heading. INVALID when a row has another number of cells than the header.
   */
  exportTable: operation
    .input(
      z.object({
        ...scopeShape,
        /** The name of the list: `Keys`. */
        title: z.string().trim().min(1).max(200),
        format: z.enum(TABLE_FORMATS),
        header: z.array(z.string().max(200)).min(1).max(100),
        /** The text or the number of each cell, in the order of the header. */
        rows: z
          .array(z.array(z.union([z.string().max(20_000), z.number()])))
          .min(1)
          .max(MAX_EXPORTED_ROWS),
        ...fileTargetShape,
      }),
    )
    .output(fileWritten),
  /** The calendar as text; `first` limits its lines. */
  renderCalendar: operation.input(calendarTextInput).output(z.object({ text: z.string(), rows: z.number().int() })),
}

export const SEARCH_KINDS = ['person', 'key', 'project', 'client'] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

export const searchHit = z.object({
  kind: z.enum(SEARCH_KINDS),
  /** Id within its kind; for a client its slug is in `slug`. */
  id,
  slug: z.string().nullable(),
  title: z.string(),
  detail: z.string(),
  client: clientRef.nullable(),
})
export type SearchHit = z.infer<typeof searchHit>

export const searchContract = {
  /**
   * People, keys, projects and clients whose text contains the query, best first. `more`: others match too, or, of a
   * query with one or two characters, may match; a longer query finds them.
   */
  find: operation
    .input(z.object({ ...scopeShape, query: z.string().max(200), limit: z.number().int().min(1).max(100).default(20) }))
    .output(z.object({ rows: z.array(searchHit), more: z.boolean() })),
}
