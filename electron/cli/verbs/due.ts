import type { Api, Inputs } from '../../../shared/contract/contract.ts'
import { KEYS } from '../../../shared/contract/keys.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { asList } from '../kit/layout.ts'
import { type Field, inSlices, type JsonValue, printPieces, type Slices } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { Misuse } from '../kit/failure.ts'
import { DUE_JSON, dueFields } from './key/fields.ts'
import { printReadyJson } from '../kit/ready-json.ts'
import { days } from '../kit/options.ts'
import { readViewFilter, VIEW_OPTION } from '../kit/saved-view.ts'
import { type DefineVerb, type Run, type Session, readScope } from '../kit/run.ts'
import { makePainter } from '../kit/text/paint.ts'

interface Options {
  readonly within?: number
  readonly contact?: string
  readonly view?: string
  readonly format?: string
}

/** The most rows that one call returns as JSON, in which each is a short text. */
const SLICE = 100_000

export const define: DefineVerb = (command, act) => {
  command
    .about({
      calls: ['rotation.dueJson', 'files.renderCalendar --format'],
      example: ['--within 30d', '--format ics > rotation.ics'],
    })
    .option('--within <time>', 'only what is due within days or weeks, such as 30d; overdue keys included', days)
    .option('--contact <name>', 'only keys that this contact answers for')
    .option(...VIEW_OPTION)
  asList(
    command,
    DUE_JSON.map((key) => ({ key })),
    { formats: ['ics'] },
  )
  act<Options, []>(command, async (run, options) => {
    await run.withApi('read', (api, session) => print(run, api, session, options))
  })
}

async function print(run: Run, api: Api, session: Session, options: Options): Promise<void> {
  const { contact, within, view } = options
  const { format, keys } = run.layout
  const scope = { ...readScope(run), ...(contact === undefined ? {} : { contact }) }
  if (options.format === 'ics') {
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
  const seen = await readViewFilter(api, 'rotation', KEYS, view, readScope(run))
  // Its own days take the place of those of the view.
  const { dueFrom: _from, dueUntil: _until, ...always } = seen
  const filter = { ...(within === undefined ? seen : { ...always, within }), ...scope }
  if (format === 'json' && keys === null) return printReadyJson(run.terminal, readJson(api, filter))
  const listing = {
    fields: dueFields(makePainter(run.terminal.colour && format === 'table')),
    empty: within === undefined ? 'No key has a due day.' : `No key is due within ${counted(within, 'day')}.`,
  }
  if (keys === null && (format === 'table' || format === 'md')) {
    await printListing(run, listing, inSlices(await session.streamDue(filter)))
    return
  }
  const fields = DUE_JSON.map((key): Field<Readonly<Record<string, JsonValue>>> => ({
    key,
    json: (row) => row[key] ?? null,
    column: listing.fields.find((each) => each.key === key)?.column ?? { title: key },
  }))
  await printListing(run, { fields, empty: listing.empty }, parseRows(readJson(api, filter)))
}

/** The rows of slices of JSON. */
async function* parseRows(slices: AsyncIterable<Uint8Array>): Slices<Readonly<Record<string, JsonValue>>> {
  for await (const slice of slices) yield JSON.parse(`[${Buffer.from(slice).toString('utf8')}]`) as []
}

async function* readJson(api: Api, filter: Inputs['rotation']['dueJson']): AsyncGenerator<Uint8Array> {
  for (let offset = 0; ; offset += SLICE) {
    const { rows, json } = await api.rotation.dueJson({ ...filter, offset, limit: SLICE })
    yield json
    if (rows < SLICE) return
  }
}
