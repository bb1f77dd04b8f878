import type { MadeReport } from '../../../shared/contract/reports.ts'
import type { ReportKind } from '../../../shared/domain/usage/report-period.ts'
import type { Reader } from '../db/handles.ts'
import type { Scope } from '../db/scope.ts'

interface Columns {
  readonly seq: number
  readonly at: number
  readonly operator: string
  readonly client: string | null
  readonly body: string
}

type Body = Pick<MadeReport, 'kind' | 'period' | 'format' | 'path' | 'rows' | 'sha256'>

/** Reports that were created, latest first, from the journal: of one client, or of all. */
export function madeReports(reader: Reader, { client }: Scope, limit: number): MadeReport[] {
  const rows = reader.all<Columns>(
    `SELECT seq, at, operator, client, body FROM journal INDEXED BY journal_of_reports
     WHERE action = 'report.exported' ${client === undefined ? '' : 'AND client = :client'} ORDER BY seq DESC LIMIT :limit`,
    client === undefined ? { limit } : { client, limit },
  )
  return rows.map(({ body, ...row }) => {
    const { kind, period, format, path, rows: count, sha256 } = JSON.parse(body) as Body
    return { ...row, kind, period, format, path, rows: count, sha256 }
  })
}

/** When a report of a client and a period was first created; a report of all clients counts for each. Null: never. */
export function reportMadeAt(
  reader: Reader,
  { client, kind, period }: { readonly client: string; readonly kind: ReportKind; readonly period: string },
): number | null {
  return (
    reader.value<number>(
      `SELECT at FROM journal INDEXED BY journal_of_reports WHERE action = 'report.exported' AND ifnull(client = :client, 1)
         AND json_extract(body, '$.kind') = :kind AND json_extract(body, '$.period') = :period ORDER BY seq LIMIT 1`,
      { client, kind, period },
    ) ?? null
  )
}
