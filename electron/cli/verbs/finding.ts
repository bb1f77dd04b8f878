import { FINDINGS } from '../../../shared/nouns/findings.ts'
import { toFields } from '../kit/noun.ts'
import { Option } from 'commander'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { Api } from '../../../shared/contract/contract.ts'
import {
  type CERTAINTY_FILTERS,
  FINDING_STATES,
  type FindingFilter,
  type FindingLine,
  type FindingRow,
} from '../../../shared/contract/findings.ts'
import { SUBJECT_KINDS, type SubjectKind } from '../../../shared/domain/facts.ts'
import { SEVERITIES, type Severity, severityRank } from '../../../shared/domain/findings/severity.ts'
import { asList } from '../kit/layout.ts'
import { makeSlices, inSlices, type Field, type Slices } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { nextField, type ProfileOption } from '../kit/next.ts'
import { manyOption } from '../kit/options.ts'
import { readScope, type DefineVerb, type Run, type Session } from '../kit/run.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { bad, faint, makePainter, warning, type Painter } from '../kit/text/paint.ts'
import type { Cell } from '../kit/text/cell.ts'
import { defineDecide } from './finding/decide.ts'
import { certaintyOption, defineShow } from './finding/show.ts'

interface Options {
  readonly view?: string
  readonly severity?: readonly Severity[]
  readonly certainty?: (typeof CERTAINTY_FILTERS)[number]
  readonly rule?: readonly string[]
  readonly kind?: readonly SubjectKind[]
  readonly state?: FindingRow['state']
  readonly failOn?: Severity
  readonly format?: string
  readonly columns?: readonly string[]
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List findings, the most severe first, and fail on them.')
    .about({
      calls: ['findings.list', 'findings.freshness', 'findings.evaluate'],
      example: ['--fail-on high', '--view "Critical and high" --client acme', '--rule key-unused --format csv'],
    })
    .option(...VIEW_OPTION)
    .addOption(manyOption('--severity <severity>', 'only this severity', SEVERITIES))
    .addOption(certaintyOption())
    .addOption(manyOption('--rule <id>', 'only this rule, such as key-owner-gone'))
    .addOption(manyOption('--kind <kind>', 'only about this kind of subject', SUBJECT_KINDS))
    .addOption(new Option('--state <state>', 'open unless given').choices(FINDING_STATES))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 4 if one of this severity or above is listed').choices(SEVERITIES),
    )
  asList(list, [...toFields(FINDINGS), { key: 'next' }])
  defineDecide(command, act)
  defineShow(command, act)
  act<Options, []>(list, async (run, options) => {
    const list = async (api: Api, session: Session): Promise<ExitCode> => {
      const { failOn, format: _, columns: __, view, kind, ...filter } = options
      if (filter.rule !== undefined) await checkRules(api, filter.rule)
      const scope = readScope(run)
      const seen = await readViewFilter(api, 'findings', FINDINGS, view, scope)
      const asked = { ...seen, ...filter, ...(kind === undefined ? {} : { subjectKind: kind }), ...scope }
      const worst = await print(run, session, asked)
      return failOn !== undefined && worst <= severityRank(failOn) ? EXIT.found : EXIT.done
    }
    const code = await run.withApi('read', async (api, session) => {
      const { isCurrent } = await api.findings.freshness(readScope(run))
      return isCurrent ? list(api, session) : null
    })
    if (code !== null) return code
    await bringUpToDate(run)
    return run.withApi('read', list)
  })
}

/** Earlier findings miss what became due since. An open window keeps them current itself. */
async function bringUpToDate(run: Run): Promise<void> {
  try {
    await run.withApi('write', (api) => api.findings.evaluate())
  } catch (error) {
    if (!isHeld(error)) throw error
    await run.terminal.err(
      'The findings are older than today: another process writes to this profile and has not evaluated them yet.\n',
    )
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'READ_ONLY'
}

async function checkRules(api: Api, asked: readonly string[]): Promise<void> {
  const rules = await api.findings.rules()
  const unknown = asked.find((rule) => !rules.some((one) => one.id === rule))
  if (unknown === undefined) return
  throw new Misuse(`There is no rule ${JSON.stringify(unknown)}.`, `Rules: ${rules.map((one) => one.id).join(', ')}.`)
}

/** Prints the list and returns the rank of its highest severity; infinity when it is empty. */
async function print(run: Run, session: Session, filter: FindingFilter): Promise<number> {
  const { format, keys } = run.layout
  const empty = 'No findings.'
  let worst = Number.POSITIVE_INFINITY
  const see = ({ severity }: FindingLine): void => {
    worst = Math.min(worst, severityRank(severity))
  }
  // A long table is read row by row, each only with what the table has.
  if (keys === null && (format === 'table' || format === 'md')) {
    const fields = lineFields(makePainter(run.terminal.colour && format === 'table'), run)
    await printListing(run, { fields, empty }, watched(inSlices(await session.streamFindings(filter)), see))
  } else {
    const slices = makeSlices((slice) => session.api.findings.list({ ...filter, ...slice }), MAX_SLICE)
    await printListing(run, { fields: [...toFields(FINDINGS), toNext(run)], empty }, watched(slices, see))
  }
  return worst
}

async function* watched<Row extends FindingLine>(slices: Slices<Row>, see: (row: Row) => void): Slices<Row> {
  for await (const rows of slices) {
    rows.forEach(see)
    yield rows
  }
}

function severityCell(paint: Painter, severity: Severity): Cell {
  if (severity === 'critical' || severity === 'high') return bad(paint, severity)
  return severity === 'medium' ? warning(paint, severity) : faint(paint, severity)
}

/** The values that the table of findings has, in its order. */
function lineFields(paint: Painter, run: Run): readonly Field<FindingLine>[] {
  return [
    { key: 'findingId', json: (row) => row.findingId, column: { title: 'ID', align: 'right' } },
    {
      key: 'severity',
      json: (row) => row.severity,
      column: { title: 'Severity' },
      cell: (row) => severityCell(paint, row.severity),
    },
    { key: 'certainty', json: (row) => row.certainty, column: { title: 'Certainty', optional: true } },
    { key: 'title', json: (row) => row.rule.title, column: { title: 'Finding', flexible: true, optional: true } },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    { key: 'subject', json: (row) => row.subject.name, column: { title: 'Subject', flexible: true } },
    { key: 'evidence', json: (row) => row.says, column: { title: 'Evidence', sentence: true } },
    toNext(run),
  ]
}

function toNext(run: ProfileOption): Field<Pick<FindingRow, 'findingId'>> {
  return nextField(run, ({ findingId }) => ['finding', 'show', String(findingId)])
}
