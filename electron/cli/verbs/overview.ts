import type { Api } from '../../../shared/contract/contract.ts'
import type { Attention, ClientOverview } from '../../../shared/contract/overview.ts'
import { getSampleProfile } from '../../service/profile/paths.ts'
import { describeKeys, once, printListing, printLines, type Field } from '../kit/listing.ts'
import { readScope, type DefineVerb, type Run } from '../kit/run.ts'
import { describeStatus } from '../kit/status.ts'
import { bad, faint, makePainter, warning, type Painter } from '../kit/text/paint.ts'
import { shown } from '../kit/text/shown.ts'
import { type Cell, tableLines } from '../kit/text/table.ts'
import { isoTime, minuteCell } from '../kit/text/when.ts'

type Kind = Attention['kind']

/** The words after a count, singular and plural, and its key in JSON. */
const WORDS: Readonly<Record<Kind, { readonly one: string; readonly many: string; readonly key: string }>> = {
  'overdue-keys': { one: 'key overdue', many: 'keys overdue', key: 'overdueKeys' },
  'due-keys': { one: 'key due soon', many: 'keys due soon', key: 'dueKeys' },
  'unowned-keys': { one: 'key without an owner', many: 'keys without an owner', key: 'unownedKeys' },
  'unused-keys': { one: 'key unused for 90 days', many: 'keys unused for 90 days', key: 'unusedKeys' },
  'expired-invites': { one: 'expired invite', many: 'expired invites', key: 'expiredInvites' },
  'incomplete-sync': { one: 'incomplete sync', many: 'incomplete syncs', key: 'incompleteSyncs' },
  'stale-sync': { one: 'connection not synced lately', many: 'connections not synced lately', key: 'staleSyncs' },
  'critical-findings': { one: 'critical finding', many: 'critical findings', key: 'criticalFindings' },
  'high-findings': { one: 'high finding', many: 'high findings', key: 'highFindings' },
  'medium-findings': { one: 'medium finding', many: 'medium findings', key: 'mediumFindings' },
  'unsure-remediations': {
    one: 'change with unknown result',
    many: 'changes with unknown result',
    key: 'unsureRemediations',
  },
  'deploying-remediations': { one: 'new key to deploy', many: 'new keys to deploy', key: 'deployingRemediations' },
  'waiting-remediations': { one: 'change pending', many: 'changes pending', key: 'waitingRemediations' },
  'overdue-reviews': { one: 'review overdue', many: 'reviews overdue', key: 'overdueReviews' },
  'budgets-spent': { one: 'budget spent', many: 'budgets spent', key: 'budgetsSpent' },
  'budgets-unread': {
    one: 'budget whose usage was not read up to yesterday',
    many: 'budgets whose usage was not read up to yesterday',
    key: 'budgetsUnread',
  },
  'budgets-near': { one: 'budget past a threshold', many: 'budgets past a threshold', key: 'budgetsNear' },
  'by-hand-remediations': {
    one: 'change with manual steps',
    many: 'changes with manual steps',
    key: 'manualRemediations',
  },
  'no-credential': {
    one: 'connection without a credential',
    many: 'connections without a credential',
    key: 'noCredential',
  },
}

const KINDS = Object.keys(WORDS) as readonly Kind[]

const FIELDS: readonly Field<ClientOverview>[] = [
  { key: 'client', json: (row) => row.client.slug },
  { key: 'name', json: (row) => row.client.name, column: { title: 'Client', flexible: true } },
  { key: 'kind', json: (row) => row.client.kind },
  { key: 'people', json: (row) => row.people, column: { title: 'People', align: 'right' } },
  { key: 'privileged', json: (row) => row.privileged, column: { title: 'Privileged', align: 'right' } },
  { key: 'invited', json: (row) => row.invited, column: { title: 'Invited', align: 'right' } },
  { key: 'serviceAccounts', json: (row) => row.serviceAccounts },
  { key: 'projects', json: (row) => row.projects, column: { title: 'Projects', align: 'right' } },
  { key: 'keys', json: (row) => row.keys, column: { title: 'Keys', align: 'right' } },
  { key: 'overdue', json: (row) => row.overdue, column: { title: 'Overdue', align: 'right' } },
  { key: 'due', json: (row) => row.due, column: { title: 'Due', align: 'right' } },
  { key: 'connections', json: (row) => row.connections },
  {
    key: 'lastSyncAt',
    json: (row) => isoTime(row.lastSync?.at ?? null),
    column: { title: 'Last sync' },
    cell: (row) => (row.lastSync === null ? 'never' : minuteCell(row.lastSync.at)),
  },
  { key: 'lastSyncState', json: (row) => row.lastSync?.state ?? null },
  ...KINDS.map((kind) => ({ key: WORDS[kind].key, json: (row: ClientOverview) => computeCount(row, kind) })),
]

function computeCount(row: ClientOverview, kind: Kind): number {
  return row.attention.find((one) => one.kind === kind)?.count ?? 0
}

function attentionCell(paint: Painter, { kind, count, severity }: Attention): Cell {
  const text = `${count} ${count === 1 ? WORDS[kind].one : WORDS[kind].many}`
  if (severity === 'high') return bad(paint, text)
  return severity === 'medium' ? warning(paint, text) : faint(paint, text)
}

interface Options {
  readonly sampleWhenEmpty?: boolean
}

export const define: DefineVerb = (command, act) => {
  command.option('--sample-when-empty', 'while the register is empty, show the sample agency from a profile of its own')
  describeKeys(command, [...FIELDS, { key: 'sample' }])
  act<Options, []>(command, async (run, { sampleWhenEmpty }) => {
    if (sampleWhenEmpty && (await isEmpty(run))) await showSample(run)
    else await run.withApi('read', (api) => show(run, api))
  })
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

async function showSample(run: Run): Promise<void> {
  const sample = getSampleProfile(run.profile)
  if (await isAbsent(sample)) await run.withApi('write', (_api, session) => session.fillWithSample(), sample)
  await run.withApi('read', (api) => show(run, api), sample)
}

async function show(run: Run, api: Api): Promise<void> {
  const { clients, sample } = await api.overview.get(readScope(run))
  const fields = [...FIELDS, { key: 'sample', json: () => sample }]
  if (run.json) {
    await printListing(run, { fields, empty: '' }, once(clients))
    return
  }
  if (sample) {
    await printLines(run.terminal, ['SAMPLE: an invented agency with five clients. Nothing here is real.', ''])
  }
  const empty =
    'The register is empty. Add a client (castellan client add NAME), or look at the sample (castellan sample).'
  await printListing(run, { fields, empty }, once(clients))
  await printAttention(run, clients)
  const notices = describeStatus(await api.app.info())
  if (notices.length > 0) {
    const titles = notices.map(({ title }) => title).join('; ')
    await printLines(run.terminal, ['', `About this profile: ${shown(titles)}. More: castellan integrity.`])
  }
}

async function printAttention(run: Run, clients: readonly ClientOverview[]): Promise<void> {
  const paint = makePainter(run.terminal.colour)
  const rows = clients.flatMap((row) =>
    row.attention.map((one, index): readonly Cell[] => [
      index === 0 ? shown(row.client.name) : '',
      attentionCell(paint, one),
    ]),
  )
  if (rows.length === 0) return
  const columns = [{ title: 'Client', flexible: true }, { title: 'Needs attention' }]
  await printLines(run.terminal, ['', ...tableLines(columns, rows, run.terminal.columns)])
}
