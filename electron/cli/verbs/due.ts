import { Option } from 'commander'

import type { Api, Inputs } from '../../../shared/contract/contract.ts'
import { keyFilter } from '../../../shared/contract/keys.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { describeKeys, inSlices, printPieces, printTable } from '../kit/listing.ts'
import { Misuse } from '../kit/failure.ts'
import { DUE_JSON, dueFields } from './key/fields.ts'
import { printReadyJson } from '../kit/ready-json.ts'
import { getEmpty } from '../kit/narrowing.ts'
import { days } from '../kit/options.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { type DefineVerb, type Run, type Session, readScope } from '../kit/run.ts'
import { makePainter } from '../kit/text/paint.ts'

const FORMATS = ['table', 'json', 'ics', 'md'] as const

interface Options {
  readonly within?: number
  readonly contact?: string
  readonly view?: string
  readonly format?: (typeof FORMATS)[number]
}

/** The most rows that one call returns as JSON, in which each is a short text. */
const SLICE = 100_000

export const define: DefineVerb = (command, act) => {
  command
    .option('--within <time>', 'only what is due within days or weeks, such as 30d; overdue keys included', days)
    .option('--contact <name>', 'only keys that this contact answers for')
    .option(...VIEW_OPTION)
    .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS))
  describeKeys(
    command,
    DUE_JSON.map((key) => ({ key })),
  )
  act<Options, []>(command, async (run, options) => {
    const format = options.format ?? (run.json ? 'json' : 'table')
    if (run.json && format !== 'json') {
      throw new Misuse(`--json and --format ${format} contradict each other.`, 'Give one of them.')
    }
    await run.withApi('read', (api, session) => print(run, api, session, options, format))
  })
}

async function print(
  run: Run,
  api: Api,
  session: Session,
  options: Options,
  format: NonNullable<Options['format']>,
): Promise<void> {
  const { contact, within, view } = options
  const scope = { ...readScope(run), ...(contact === undefined ? {} : { contact }) }
  if (format === 'ics') {
    if (within !== undefined) {
      throw new Misuse(
        'A calendar holds every day on which a key is due.',
        'Leave --within out, or choose another format.',
      )
    }
    if (view !== undefined) {
      throw new Misuse('A calendar holds the keys of all views.', 'Leave --view out, or choose another format.')
    }
    return printPieces(run.terminal, await session.streamText('files.renderCalendar', scope))
  }
  const seen = await readViewFilter(api, 'rotation', keyFilter, view, readScope(run))
  // Its own days take the place of those of the view.
  const { dueFrom: _from, dueUntil: _until, ...always } = seen
  const filter = { ...(within === undefined ? seen : { ...always, within }), ...scope }
  if (format === 'json') {
    await printReadyJson(run.terminal, readJson(api, filter))
    return
  }
  const listing = {
    fields: dueFields(makePainter(run.terminal.colour && format === 'table')),
    empty: getEmpty(
      run,
      within === undefined ? 'No key has a due day.' : `No key is due within ${counted(within, 'day')}.`,
    ),
  }
  const slices = inSlices(await session.streamDue(filter))
  if (format === 'table') await printTable(run.terminal, listing, slices)
  else {
    const { printMarkdown } = await import('../kit/markdown.ts')
    await printMarkdown(run.terminal, listing, slices)
  }
}

async function* readJson(api: Api, filter: Inputs['rotation']['dueJson']): AsyncGenerator<Uint8Array> {
  for (let offset = 0; ; offset += SLICE) {
    const { rows, json } = await api.rotation.dueJson({ ...filter, offset, limit: SLICE })
    yield json
    if (rows < SLICE) return
  }
}
