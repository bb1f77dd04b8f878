import type { Api } from '../../../shared/contract/contract.ts'
import type { TodayClient, TodayEntry } from '../../../shared/contract/today.ts'
import { counted } from '../../../shared/domain/counted.ts'
import type { Band } from '../../../shared/domain/today/rank.ts'
import { formatDay } from '../../../shared/domain/text/dates.ts'
import { sayWho } from '../../../shared/domain/today/who.ts'
import { getSampleProfile } from '../../service/profile/paths.ts'
import { asList } from '../kit/layout.ts'
import { once, printLines, type Field } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { readScope, type DefineVerb, type Run } from '../kit/run.ts'
import { nextField, type ProfileOption } from '../kit/next.ts'
import { describeStatus } from '../kit/status.ts'
import { bad, faint, makePainter, warning, type Painter } from '../kit/text/paint.ts'
import { shown } from '../kit/text/shown.ts'
import type { Cell } from '../kit/text/cell.ts'
import { isoTime, minuteCell } from '../kit/text/when.ts'
import { describeUnheld } from '../kit/unheld.ts'
import { defineDecisions } from './today/decide.ts'
import { toNext } from './today/next.ts'

const BANDS: Readonly<Record<Band, string>> = { now: 'Now', week: 'This week', later: 'Later' }

function bandCell(paint: Painter, band: Band): Cell {
  return { now: bad, week: warning, later: faint }[band](paint, BANDS[band])
}

const entryFields = (paint: Painter, run: ProfileOption): readonly Field<TodayEntry>[] => [
  { key: 'entry', json: (row) => row.entryId, column: { title: 'ID', id: true } },
  { key: 'when', json: (row) => row.band, column: { title: 'When' }, cell: (row) => bandCell(paint, row.band) },
  { key: 'says', json: (row) => row.says, column: { title: 'What', sentence: true } },
  {
    key: 'clients',
    json: (row) => row.clients.map(({ slug }) => slug).join(' '),
    column: { title: 'Clients', flexible: true },
  },
  { key: 'action', json: (row) => row.action.label },
  nextField(run, toNext),
  { key: 'detail', json: (row) => row.detail },
  { key: 'why', json: (row) => row.why },
  { key: 'kind', json: (row) => row.kind },
  { key: 'risk', json: (row) => row.risk },
  { key: 'note', json: (row) => row.note },
  { key: 'contact', json: (row) => row.contact },
  { key: 'snoozedUntil', json: (row) => row.hidden?.until ?? null },
  { key: 'reason', json: (row) => row.hidden?.reason ?? null },
]

const SYNC_WORDS: Readonly<Record<TodayClient['sync']['state'], string | null>> = {
  none: 'not connected',
  never: 'never',
  failed: 'failed',
  partial: 'partial',
  complete: null,
}

function syncCell(paint: Painter, { state, at }: TodayClient['sync']): Cell {
  const word = SYNC_WORDS[state]
  if (word === null) return at === null ? '-' : minuteCell(at)
  const text = at === null ? word : `${word}, last ${minuteCell(at)}`
  return state === 'failed' ? bad(paint, text) : warning(paint, text)
}

const number = (key: 'now' | 'week' | 'people' | 'keys', title: string): Field<TodayClient> => ({
  key,
  json: (row) => row[key],
  column: { title, align: 'right' },
})

const clientFields = (paint: Painter): readonly Field<TodayClient>[] => [
  { key: 'client', json: (row) => row.client.slug },
  { key: 'name', json: (row) => row.client.name, column: { title: 'Client', flexible: true } },
  { key: 'kind', json: (row) => row.client.kind },
  number('now', 'Now'),
  number('week', 'This week'),
  number('people', 'People'),
  number('keys', 'Keys'),
  {
    key: 'nextReviewOn',
    json: (row) => row.nextReview?.dueOn ?? null,
    column: { title: 'Next review' },
    cell: ({ nextReview }) => {
      if (nextReview === null) return '-'
      const day = formatDay(nextReview.dueOn)
      return nextReview.overdue ? bad(paint, day) : day
    },
  },
  {
    key: 'syncState',
    json: (row) => row.sync.state,
    column: { title: 'Last sync' },
    cell: (row) => syncCell(paint, row.sync),
  },
  { key: 'lastSyncAt', json: (row) => isoTime(row.sync.at) },
  { key: 'connections', json: (row) => row.sync.connections },
]

interface Options {
  readonly sampleWhenEmpty?: boolean
  readonly snoozed?: boolean
  readonly clients?: boolean
}

export const define: DefineVerb = (command, act) => {
  command
    .description('List what to do first, most pressing first: the queue of Today, then the clients.')
    .about({ calls: ['app.info', 'today.list'], example: ['', '--client acme --json'] })
    .option('--snoozed', 'the snoozed and dismissed entries instead')
    .option('--clients', 'only the numbers of each client')
    .option('--sample-when-empty', 'while the register is empty, show the sample agency from a profile of its own')
  const plain = makePainter(false)
  const named = { profileNamed: undefined }
  asList(command, [...entryFields(plain, named), { key: 'sample' }], { also: clientFields(plain) })
  command.addHelpText(
    'after',
    `JSON keys with --clients: ${clientFields(plain)
      .map(({ key }) => key)
      .join(', ')}\n`,
  )
  act<Options, []>(command, async (run, options) => {
    if (options.sampleWhenEmpty && (await isEmpty(run))) await showSample(run, options)
    else await run.withApi('read', (api) => show(run, api, options))
  })
  defineDecisions(command, act)
}

async function isEmpty(run: Run): Promise<boolean> {
  if (await isAbsent(run.profile)) return true
  return run.withApi('read', async (api) => {
    const { empty, locked } = await api.app.info()
    return empty && locked === null
  })
}

async function isAbsent(profile: string): Promise<boolean> {
  const { findRegister } = await import('../../service/profile/presence.ts')
  return findRegister(profile, true) === 'absent'
}

async function showSample(run: Run, options: Options): Promise<void> {
  const sample = getSampleProfile(run.profile)
  if (await isAbsent(sample)) await run.withApi('write', (_api, session) => session.fillWithSample(), sample)
  await run.withApi('read', (api) => show(run, api, options), sample)
}

async function show(run: Run, api: Api, { snoozed = false, clients: only = false }: Options): Promise<void> {
  const { entries, clients, hidden, sample } = await api.today.list({ ...readScope(run), hidden: snoozed })
  const paint = makePainter(run.terminal.colour && !run.json)
  const inSample = { key: 'sample', json: () => sample }
  const queue = {
    fields: [...entryFields(paint, run), inSample],
    empty: snoozed ? 'Nothing is snoozed or dismissed.' : 'The queue is empty.',
  }
  const table = { fields: [...clientFields(paint), inSample], empty: NO_CLIENTS }
  if (run.layout.format !== 'table' || run.layout.keys !== null) {
    if (only) await printListing(run, table, once(clients))
    else await printListing(run, queue, once(entries))
    return
  }
  if (sample) await printLines(run.terminal, ['SAMPLE: an invented agency. Nothing here is real.', ''])
  if (!only) {
    if (!snoozed && clients.length > 0) await printLines(run.terminal, [shown(sayWho(entries, clients)), ''])
    if (clients.length > 0) await printListing(run, queue, once(entries))
    if (hidden > 0 && !snoozed) {
      const more = `${counted(hidden, 'entry', 'entries')} snoozed or dismissed: castellan today --snoozed.`
      await printLines(run.terminal, ['', more])
    }
    await printLines(run.terminal, [''])
  }
  await printListing(run, table, once(clients))
  const unheld = await describeUnheld(run, api)
  if (unheld.length > 0) await printLines(run.terminal, unheld)
  const notices = describeStatus(await api.app.info())
  if (notices.length > 0) {
    const titles = notices.map(({ title }) => title).join('; ')
    await printLines(run.terminal, ['', `About this profile: ${shown(titles)}. More: castellan integrity.`])
  }
}

const NO_CLIENTS =
  'The register is empty. Add a client (castellan client add NAME), or look at the sample (castellan sample).'
