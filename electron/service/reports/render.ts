import type { Inputs, Outputs } from '../../../shared/contract/contract.ts'
import { reportTextInput } from '../../../shared/contract/reports.ts'
import { usageHtml } from '../../../shared/report/usage-html.ts'
import { usageMarkdown } from '../../../shared/report/usage-markdown.ts'
import { shownRows } from '../../../shared/report/usage-rounding.ts'
import { usageReport } from '../../../shared/report/usage-report.ts'
import { eachInOneState, inOneState } from '../../register/read/report.ts'
import { checkScope, type Context, getReader } from '../core/context.ts'
import { answerEach } from '../core/implementer.ts'
import { joinPieces } from '../files-out/join-pieces.ts'
import { placeExport } from '../files-out/place-export.ts'
import { printedPdf } from '../files-out/printed-pdf.ts'
import { type FileTarget, fileTarget } from '../files-out/target.ts'
import { stageDraft, stageFile, type StagedFile, writeDraft } from '../files-out/write-file.ts'
import { invalid } from '../kit/refusal.ts'
import { type AskedReport, checkedPeriod, readReport } from './read.ts'
import { toDecimal } from '../../../shared/domain/text/decimal.ts'
import type { DocumentCell, UsageDocument } from '../../../shared/report/usage-document.ts'
import { csvText, type CsvValue } from '../files-out/csv-text.ts'
import { focusColumns, focusRow } from '../../../shared/domain/usage/focus.ts'
import { findFocusFaults, type FocusVersion, NEWEST_FOCUS } from '../../../shared/domain/usage/focus-versions.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { reportClients, reportOrganizations } from '../../register/usage/report-owners.ts'
import { focusCharges } from '../../register/usage/report-focus.ts'
import { clipDays, readingOf } from '../../../shared/domain/usage/read-days.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { ReportPeriod } from '../../../shared/domain/usage/report-period.ts'

/** A report as data. Throws `Refusal` NOT_FOUND or INVALID, as every function here does. */
export function previewReport(context: Context, asked: AskedReport): Outputs['reports']['preview'] {
  const { title, blocks, records } = usageReport(readReport(context, asked))
  return {
    title,
    blocks: structuredClone(
      blocks.map((block) => (block.type === 'table' ? { ...block, rows: [...shownRows(block)] } : block)),
    ) as Outputs['reports']['preview']['blocks'],
    rows: records.count,
  }
}

export function renderReport(
  context: Context,
  { format, focusVersion, first = Number.POSITIVE_INFINITY, ...asked }: Inputs['reports']['render'],
): Outputs['reports']['render'] {
  if (format !== 'focus') {
    const document = usageReport(readReport(context, asked))
    return { text: joinPieces(PRINTERS[format](document)), rows: document.records.count }
  }
  let rows = 0
  const text: string[] = []
  for (const piece of focusPieces(context, { ...asked, focusVersion }, (more) => (rows += more))) {
    text.push(piece)
    if (rows >= first) break
  }
  return { text: text.join(''), rows }
}

/** Streams a whole report for a terminal. FOCUS holds one state: the register is written only after its last piece. */
export function streamReport(context: Context, input: Inputs['reports']['render']): Iterable<string> {
  return answerEach(context, { operation: 'reports.render', schema: reportTextInput, input }, ({ format, ...asked }) =>
    format === 'focus'
      ? eachInOneState(getReader(context), () => focusPieces(context, asked, () => undefined))
      : PRINTERS[format](usageReport(readReport(context, asked))),
  )
}

const PRINTERS: Readonly<Record<'md' | 'html' | 'csv', (document: UsageDocument) => Iterable<string>>> = {
  md: usageMarkdown,
  html: usageHtml,
  csv: printReportCsv,
}

type AskedFocus = AskedReport & { readonly focusVersion?: FocusVersion | undefined }

function* focusPieces(context: Context, asked: AskedFocus, count: (rows: number) => void): Generator<string> {
  checkScope(context, asked)
  const period = checkedPeriod(asked)
  if (asked.source !== 'billed') {
    throw invalid(
      'source',
      'FOCUS describes what providers billed; internal records are not charges.',
      'Choose billed.',
    )
  }
  const { client, focusVersion: version = NEWEST_FOCUS } = asked
  yield* printFocus(getReader(context), { client, version, period, count })
}

/** Writes a report to a file, atomically, and notes it in the journal. */
export async function exportReport(
  context: Context,
  { path, force, format, ...asked }: Inputs['reports']['export'],
): Promise<Outputs['reports']['export']> {
  const { staged, rows } = await stageReport(context, asked, format, fileTarget(context, { path, force }))
  return placeExport(context, staged, {
    action: 'report.exported',
    client: asked.client ?? null,
    subject: `Usage report: ${asked.kind}, ${asked.period}`,
    body: { kind: asked.kind, period: asked.period, format, source: asked.source, rows },
  })
}

async function stageReport(
  context: Context,
  asked: AskedFocus,
  format: Inputs['reports']['export']['format'],
  target: FileTarget,
): Promise<{ readonly staged: StagedFile; readonly rows: number }> {
  const stage = (pieces: Iterable<string | Uint8Array>): StagedFile => stageFile(target, pieces)
  if (format === 'focus') {
    let rows = 0
    const staged = inOneState(getReader(context), () => stage(focusPieces(context, asked, (more) => (rows += more))))
    return { staged, rows }
  }
  const document = usageReport(readReport(context, asked))
  const rows = document.records.count
  if (format === 'xlsx') {
    const { printReportXlsx } = await import('./xlsx.ts')
    return { staged: await stageDraft(target, (draft) => writeDraft(draft, printReportXlsx(document))), rows }
  }
  if (format === 'pdf') return { staged: stage([await printedPdf(context, joinPieces(usageHtml(document)))]), rows }
  return { staged: stage(PRINTERS[format](document)), rows }
}

/** Rows of a report that are turned into text together. */
const PIECE = 200

/** The rows of a report as CSV. Amounts are exact decimals without grouping, so that they can be added up. */
function* printReportCsv({ records }: UsageDocument): Generator<string> {
  yield csvText([records.head])
  let rows: CsvValue[][] = []
  for (const row of records.rows) {
    if (rows.push(row.map(toCell)) < PIECE) continue
    yield csvText(rows)
    rows = []
  }
  yield csvText(rows)
}

function toCell(cell: DocumentCell): CsvValue {
  if (cell === null || typeof cell === 'string') return cell
  if ('absent' in cell) return null
  if (cell.unit === 'usd' || cell.unit === 'difference') return toDecimal(cell.value, 6, 2)
  return cell.unit === 'minor' ? toDecimal(cell.value, cell.digits ?? 2) : cell.value
}

interface Focus {
  readonly client?: string | undefined
  readonly version: FocusVersion
  readonly period: ReportPeriod
  /** Reported of the rows that were written. */
  readonly count: (rows: number) => void
}

/**
 * Prints the bills of providers in a period as FOCUS, organization by organization and day by day, read on demand.
 * Throws `Refusal` INVALID for a row that the version of the specification does not allow.
 */
function* printFocus(reader: Reader, { client, version, period, count }: Focus): Generator<string> {
  const columns = focusColumns(version)
  yield csvText([columns])
  for (const of of reportClients(reader, { client })) {
    for (const organization of reportOrganizations(reader, of.id)) {
      const readDays = clipDays(organization.read, period)
      for (let day = period.from; day < period.to; day += 1) {
        if (readingOf(readDays, { from: day, to: day + 1 }).state === 'none') continue
        const rows = focusCharges(reader, of, organization, day).map((charge) =>
          focusRow({ ...charge, readDays }, columns),
        )
        if (rows.length === 0) continue
        const [fault] = findFocusFaults(version, columns, rows)
        if (fault !== undefined) {
          throw invalid('format', `${organization.label}: ${fault}`, `FOCUS ${version} requires it. Choose CSV.`)
        }
        count(rows.length)
        for (let at = 0; at < rows.length; at += PIECE)
          yield csvText(
            rows.slice(at, at + PIECE).map((row) => row.map((cell) => (typeof cell === 'string' ? said(cell) : cell))),
          )
      }
    }
  }
}
