import { type EventRow, EVENTS } from '../../../shared/nouns/events.ts'
import {
  eventWord,
  EVENT_ACTS,
  EVENT_SUBJECTS,
  type EventAct,
  type EventSubject,
} from '../../../shared/domain/events/event.ts'
import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import { toOcsf } from '../../../shared/report/ocsf.ts'
import { computeStart, DAY_MS, getDay } from '../../../shared/domain/day.ts'
import { asList } from '../kit/layout.ts'
import { dayOption, type AskedDay } from '../kit/day-option.ts'
import { Misuse } from '../kit/failure.ts'
import { flat, makeSlices, printLines, type Slices } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { toFields } from '../kit/noun.ts'
import { manyOption } from '../kit/options.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import type { Terminal } from '../kit/terminal.ts'
import { shown } from '../kit/text/shown.ts'
import { EXIT } from '../kit/exit-code.ts'
import { defineCoverage } from './event/coverage.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'

/** One JSON object a line: of Castellan, or of OCSF. */
const OWN_FORMATS = ['jsonl', 'ocsf'] as const
type OwnFormat = (typeof OWN_FORMATS)[number]

const FIELDS = toFields(EVENTS, {
  subjectKind: (row) => eventWord(row.subject.kind, row.act),
  subject: (row) => shown(row.subject.name ?? row.subject.externalId ?? ''),
  actor: (row) => shown(row.actor.name ?? row.actor.email ?? row.actor.externalId ?? ''),
})

interface Options {
  readonly since?: AskedDay
  readonly until?: AskedDay
  readonly type?: readonly EventSubject[]
  readonly act?: readonly EventAct[]
  readonly actor?: string
  readonly search?: string
  readonly jsonl?: boolean
  readonly format?: string
  readonly columns?: readonly string[]
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description('List what the providers recorded: who did what, when.')
    .about({
      calls: 'events.list',
      example: ['--since 7d --type key --type admin-key', '--client acme --since 2026-11-01 --format ocsf'],
    })
    .addOption(dayOption('--since', 'from this day on', 'back'))
    .addOption(dayOption('--until', 'up to and with this day', 'back'))
    .addOption(manyOption('--type <type>', 'only events about this', EVENT_SUBJECTS))
    .addOption(manyOption('--act <act>', 'only events of this kind', EVENT_ACTS))
    .option('--actor <text>', 'only events by whom this names')
    .option('--search <text>', 'only events whose type, subject or actor it names')
    .option('--jsonl', 'the same as --format jsonl')
  asList(list, FIELDS, { formats: OWN_FORMATS })
  act<Options, []>(list, async (run, options) => {
    const { since, until, type: subject, act: acts, jsonl: _, format: __, columns: ___, ...named } = options
    const own = chooseOwn(run.json, options)
    const now = run.terminal.now()
    const question = {
      ...readScope(run),
      ...named,
      ...(subject === undefined ? {} : { subject: [...subject] }),
      ...(acts === undefined ? {} : { act: [...acts] }),
      ...(since === undefined ? {} : { since: computeStart(since(now, getDay)) }),
      ...(until === undefined ? {} : { until: computeStart(until(now, getDay)) + DAY_MS }),
    }
    await run.withApi('read', async (api) => {
      const slices = makeSlices((slice) => api.events.list({ ...question, ...slice }), MAX_SLICE)
      if (own === null) await printListing(run, { fields: FIELDS, empty: EMPTY }, slices)
      else await printObjects(run.terminal, slices, own === 'ocsf' ? toOcsf : (row) => flat(FIELDS, row))
    })
    return EXIT.done
  })
  defineCoverage(command, act)
}

const EMPTY =
  'No events. A sync reads the log of a provider, where the credential may; `castellan provider coverage` shows which.'

/** The format of its own that is asked for; null for those of every list. */
function chooseOwn(json: boolean, { jsonl = false, format }: Options): OwnFormat | null {
  const own = jsonl ? 'jsonl' : (OWN_FORMATS.find((each) => each === format) ?? null)
  if (jsonl && (json || (format !== undefined && format !== 'jsonl'))) {
    throw new Misuse(`jsonl and ${format ?? 'json'} contradict each other.`, 'Give one format.')
  }
  return own
}

/** One object a line, in slices. */
async function printObjects(
  terminal: Terminal,
  slices: Slices<EventRow>,
  toObject: (row: EventRow) => object,
): Promise<void> {
  for await (const rows of slices) {
    await printLines(
      terminal,
      rows.map((row) => plainJson(JSON.stringify(toObject(row)))),
    )
  }
}
