import { FOCUS_COLUMNS, focusRow } from '../../../shared/domain/usage/focus.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { reportClients, reportOrganizations } from '../../register/usage/report-owners.ts'
import { focusCharges } from '../../register/usage/report-focus.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { ReportPeriod } from '../../../shared/domain/usage/report-period.ts'
import { csvText } from '../files-out/csv-text.ts'

interface Focus {
  readonly client?: string | undefined
  readonly period: ReportPeriod
  /** Told of the rows that were written. */
  readonly count: (rows: number) => void
}

/** What providers billed in a period as FOCUS, organization by organization and day by day, as it is asked for. */
export function* printFocus(reader: Reader, { client, period, count }: Focus): Generator<string> {
  yield csvText([FOCUS_COLUMNS])
  for (const of of reportClients(reader, { client })) {
    for (const organization of reportOrganizations(reader, of.id)) {
      for (let day = period.from; day < period.to; day += 1) {
        const rows = focusCharges(reader, of, organization, day).map(focusRow)
        if (rows.length === 0) continue
        count(rows.length)
        yield csvText(rows.map((row) => row.map((cell) => (cell === null ? null : said(cell)))))
      }
    }
  }
}
