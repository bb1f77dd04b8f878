import { Option } from 'commander'

import { REPORT_FORMATS, type MadeReport, type ReportFormat } from '../../../shared/contract/reports.ts'
import { isPeriodFor, parsePeriod, type ReportKind } from '../../../shared/domain/usage/report-period.ts'
import { FOCUS_VERSIONS, type FocusVersion, NEWEST_FOCUS } from '../../../shared/domain/usage/focus-versions.ts'
import type { UsageSource } from '../../../shared/domain/usage/source.ts'
import { minute, plain, text } from '../../../shared/nouns/noun.ts'
import { printDocument } from '../kit/document.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { formatOfFile } from '../kit/file-format.ts'
import { type OutOptions, printWritten, getTarget, withOut } from '../kit/out-option.ts'
import { type DefineVerb, type Run, readScope } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { sourceOption } from './usage/source.ts'
import { writing } from '../kit/writing.ts'
import { defineSettings } from './report/settings.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { makeFields } from '../kit/noun.ts'

interface Options extends OutOptions {
  readonly week?: string
  readonly month?: string
  readonly format?: ReportFormat
  readonly source?: UsageSource
  readonly focusVersion?: FocusVersion
}

const KINDS: readonly (readonly [ReportKind, summary: string, example: string])[] = [
  ['weekly', 'projects of a week beside the week before, for team leads', '--client acme --week 2026-W47'],
  ['monthly', 'the monthly cost of each organization, for finance', '--month 2026-10 --out october.xlsx'],
  ['invoice', 'a client’s month with mark-up, in its currency', '--client acme --out invoice.pdf'],
]

const MADE_FIELDS = makeFields<MadeReport>(
  {
    kind: text('Report', { table: {} }),
    period: text('Period', { table: {} }),
    client: text('Client', { table: {} }),
    format: text('Format', { table: {} }),
    at: minute('Created', { table: {} }),
    operator: text('By', { table: { flexible: true } }),
    path: text('File', { table: { flexible: true } }),
    ...plain('sha256'),
  },
  { client: (row) => shown(row.client ?? 'all') },
)

export const define: DefineVerb = (command, act) => {
  for (const [kind, summary, example] of KINDS) {
    const report = command
      .command(kind)
      .summary(summary)
      .about({ calls: ['reports.periods', 'reports.render', 'reports.export --out'], example })
    if (kind === 'weekly') report.option('--week <week>', 'of this week, YYYY-Www (else the last that is over)')
    else report.option('--month <month>', 'of this month, YYYY-MM (else the last that is over)')
    withOut(report)
      .addOption(new Option('--format <format>', 'by the ending of --out; md without --out').choices(REPORT_FORMATS))
      .addOption(new Option('--focus-version <version>', `of focus; else ${NEWEST_FOCUS}`).choices(FOCUS_VERSIONS))
      .addOption(sourceOption().default(undefined, 'billed'))
      .addHelpText(
        'after',
        '\nThe same data gives the same file on any day. pdf needs Chromium, Chrome or Edge; focus is a CSV by the' +
          '\nFinOps specification. JSON keys with --out: path, bytes, rows, sha256\n',
      )
    act<Options, []>(report, (run, options) => make(run, kind, options))
  }
  defineSettings(command, act)
  const list = command
    .command('list')
    .summary('list the reports that were made, from the audit log')
    .about({ calls: 'reports.history', example: '--client acme' })
  defineListVerb(list, act, {
    fields: MADE_FIELDS,
    empty: 'No report was made yet.',
    read: (api, asked) => api.reports.history({ ...asked, limit: 500 }),
  })
}

async function make(
  run: Run,
  kind: ReportKind,
  { week, month, format: asked, source = 'billed', focusVersion, out, force }: Options,
): Promise<ExitCode> {
  if (kind === 'invoice' && run.client === undefined) {
    throw new Misuse('An invoice is for one client.', 'Name it: --client SLUG')
  }
  const version = focusVersion === undefined ? {} : { focusVersion }
  const what = { ...readScope(run), kind, period: await periodFor(run, kind, week ?? month), source }
  if (out !== undefined) {
    const format = formatOfFile(out, REPORT_FORMATS, asked)
    const target = getTarget(run, out, { force })
    await printWritten(run, await writing(run, (api) => api.reports.export({ ...what, format, ...version, ...target })))
    return EXIT.done
  }
  const format = asked ?? 'md'
  if (format === 'xlsx' || format === 'pdf') {
    throw new Misuse(`${format === 'pdf' ? 'PDF' : 'XLSX'} needs a file.`, 'Give the file to write: --out FILE')
  }
  if (run.json) throw new Misuse('A report is a document.', 'Use --format csv, or usage --json for numbers.')
  await printDocument(run, 'reports.render', { ...what, format, ...version })
  return EXIT.done
}

/** The period that was asked for, or the latest completed one. */
async function periodFor(run: Run, kind: ReportKind, word: string | undefined): Promise<string> {
  if (word !== undefined) {
    const period = parsePeriod(word)
    if (period !== null && isPeriodFor(kind, period)) return word
    throw kind === 'weekly'
      ? new Misuse(`--week ${shown(word)} is not a week.`, 'Write YYYY-Www, such as 2026-W47.')
      : new Misuse(`--month ${shown(word)} is not a month.`, 'Write YYYY-MM, such as 2026-10.')
  }
  const periods = await run.withApi('read', (api) => api.reports.periods({ ...readScope(run), kind }))
  const latest = periods.find(({ over }) => over)
  if (latest !== undefined) return latest.period
  throw new Misuse('No usage is recorded for a completed period.', 'Read it: castellan usage sync')
}
