import { Option } from 'commander'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { Api } from '../../../shared/contract/contract.ts'
import {
  type CERTAINTY_FILTERS,
  FINDING_STATES,
  type FindingFilter,
  findingFilter,
  type FindingLine,
  type FindingRow,
} from '../../../shared/contract/findings.ts'
import { SUBJECT_KINDS, type SubjectKind } from '../../../shared/domain/facts.ts'
import { SEVERITIES, type Severity, severityRank } from '../../../shared/domain/findings/severity.ts'
import { describeKeys, printJson, printTable, makeSlices, inSlices, type Field, type Slices } from '../kit/listing.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Misuse } from '../kit/failure.ts'
import { getEmpty } from '../kit/narrowing.ts'
import { manyOption } from '../kit/options.ts'
import { readScope, type DefineVerb, type Run, type Session } from '../kit/run.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { bad, faint, makePainter, warning, type Painter } from '../kit/text/paint.ts'
import type { Cell } from '../kit/text/cell.ts'
import { isoTime } from '../kit/text/when.ts'
import { defineDecide } from './finding/decide.ts'
import { certaintyOption, defineShow } from './finding/show.ts'
import { CONNECTION_FIELDS, plain } from '../kit/fields.ts'

const FORMATS = ['table', 'json', 'csv', 'md'] as const

type Format = (typeof FORMATS)[number]

interface Options {
  readonly view?: string
  readonly severity?: readonly Severity[]
  readonly certainty?: (typeof CERTAINTY_FILTERS)[number]
  readonly rule?: readonly string[]
  readonly kind?: readonly SubjectKind[]
  readonly state?: FindingRow['state']
  readonly failOn?: Severity
  readonly format?: Format
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List findings, the most severe first, and fail on them.')
    .option(...VIEW_OPTION)
    .addOption(manyOption('--severity <severity>', 'only this severity', SEVERITIES))
    .addOption(certaintyOption())
    .addOption(manyOption('--rule <id>', 'only this rule, such as key-owner-gone'))
    .addOption(manyOption('--kind <kind>', 'only about this kind of subject', SUBJECT_KINDS))
    .addOption(new Option('--state <state>', 'open unless given').choices(FINDING_STATES))
    .addOption(
      new Option('--fail-on <severity>', 'exit with 4 if one of this severity or above is listed').choices(SEVERITIES),
    )
    .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS))
  describeKeys(list, FIELDS)
  defineDecide(command, act)
  defineShow(command, act)
  act<Options, []>(list, async (run, options) => {
    const format = options.format ?? (run.json ? 'json' : 'table')
    if (run.json && format !== 'json') {
      throw new Misuse(`--json and --format ${format} contradict each other.`, 'Give one of them.')
    }
    const list = async (api: Api, session: Session): Promise<ExitCode> => {
      const { failOn, format: _, view, kind, ...filter } = options
      if (filter.rule !== undefined) await checkRules(api, filter.rule)
      const scope = readScope(run)
      const seen = await readViewFilter(api, 'findings', findingFilter, view, scope)
      const asked = { ...seen, ...filter, ...(kind === undefined ? {} : { subjectKind: kind }), ...scope }
      const worst = await print(run, session, asked, format)
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
async function print(run: Run, session: Session, filter: FindingFilter, format: Format): Promise<number> {
  const { terminal } = run
  const empty = getEmpty(run, 'No findings.')
  let worst = Number.POSITIVE_INFINITY
  const see = ({ severity }: FindingLine): void => {
    worst = Math.min(worst, severityRank(severity))
  }
  if (format === 'json' || format === 'csv') {
    const listing = { fields: FIELDS, empty }
    const slices = watched(
      makeSlices((slice) => session.api.findings.list({ ...filter, ...slice }), MAX_SLICE),
      see,
    )
    if (format === 'json') await printJson(terminal, listing, slices)
    else {
      const { printCsv } = await import('../kit/csv.ts')
      await printCsv(terminal, listing, slices)
    }
  } else {
    const listing = { fields: lineFields(makePainter(terminal.colour && format === 'table')), empty }
    const slices = watched(inSlices(await session.streamFindings(filter)), see)
    if (format === 'table') await printTable(terminal, listing, slices)
    else {
      const { printMarkdown } = await import('../kit/markdown.ts')
      await printMarkdown(terminal, listing, slices)
    }
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
function lineFields(paint: Painter): readonly Field<FindingLine>[] {
  return [
    { key: 'findingId', json: (row) => row.findingId, column: { title: 'ID', align: 'right' } },
    {
      key: 'severity',
      json: (row) => row.severity,
      column: { title: 'Severity' },
      cell: (row) => severityCell(paint, row.severity),
    },
    { key: 'certainty', json: (row) => row.certainty, column: { title: 'Certainty' } },
    { key: 'title', json: (row) => row.rule.title, column: { title: 'Finding', flexible: true } },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    { key: 'subject', json: (row) => row.subject.name, column: { title: 'Subject', flexible: true } },
    { key: 'evidence', json: (row) => row.says, column: { title: 'Evidence', flexible: true } },
  ]
}

/** All values of a finding, for JSON and CSV. */
const FIELDS: readonly Field<FindingRow>[] = [
  ...plain('findingId', 'severity', 'certainty', 'quiet'),
  { key: 'rule', json: (row) => row.rule.id },
  { key: 'title', json: (row) => row.rule.title },
  { key: 'state', json: (row) => row.state },
  { key: 'client', json: (row) => row.client.slug },
  ...CONNECTION_FIELDS,
  { key: 'subjectKind', json: (row) => row.subject.kind },
  { key: 'subjectId', json: (row) => row.subject.id },
  { key: 'subject', json: (row) => row.subject.name },
  { key: 'evidence', json: (row) => row.says },
  { key: 'firstSeenAt', json: (row) => isoTime(row.firstSeenAt) },
  { key: 'firstSync', json: (row) => row.firstSync },
  { key: 'acceptedUntil', json: (row) => row.accepted?.until ?? null },
  { key: 'acceptedReason', json: (row) => row.accepted?.reason ?? null },
  { key: 'acceptedBy', json: (row) => row.accepted?.by ?? null },
  { key: 'resolvedAt', json: (row) => isoTime(row.resolvedAt) },
  { key: 'resolvedSync', json: (row) => row.resolvedSync },
]
