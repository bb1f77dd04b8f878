import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { makeRegister } from '../../../electron/service/core/context.ts'
import { openService, type Service } from '../../../electron/service/process/open.ts'
import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { putSample } from '../../sample-profile.ts'
import { recordingHost } from '../service/services.ts'
import { newCastellan, type Castellan } from './castellan.ts'
import { allCommands, getCommand, isWhole, listArguments } from './commands.ts'

const OWN = 'acme-corp'
const OTHER = 'quillmarsh-mutual'

const root = mkdtempSync(join(tmpdir(), 'castellan-scope-'))
const file = join(root, 'file.csv')
const folder = join(root, 'folder')
writeFileSync(file, 'name,email\nAnn,ann@acme.example\n')
mkdirSync(folder)
const planFile = join(root, 'plan.yaml')

const given = listArguments({ file, folder })
const COMMANDS = await allCommands()

interface Ids {
  readonly connection: number
  readonly project: number
  readonly person: number
  readonly key: number
  readonly finding: number
  readonly review: number
  readonly item: number
  readonly remediation: number
  readonly plan: number
  readonly budget: number
  readonly folder: number
  readonly price: number
  readonly sync: number
  readonly kept: number
  readonly rotation: number
  readonly principal: number
  readonly import: number
  readonly match: number
}

let castellan: Castellan
let ids: Ids

/** The sample agency, and one thing of each kind that belongs to the other client. */
beforeAll(async () => {
  castellan = newCastellan()
  await putSample(castellan.profile)
  const open = { profile: castellan.profile, host: recordingHost(), secrets: memoryStore('No keychain here.') }
  const service: Service = await openService({ ...open, mode: 'write' })
  const { api } = service
  const client = OTHER
  const first = <T>(rows: readonly T[]): T => {
    const [row] = rows
    if (row === undefined) throw new Error('The sample lacks something.')
    return row
  }
  const connection = first(await api.connection.list({ client })).id
  const people = (await api.people.list({ client })).rows.filter(({ clients }) => clients.length === 1)
  const [person, kept, removed] = people.map(({ personId }) => personId)
  const key = first((await api.keys.list({ client, status: 'active' })).rows).keyId
  const finding = first((await api.findings.list({ client, subjectKind: 'key' })).rows).findingId
  const { reviewId: review } = await api.reviews.open({ client, kind: 'roles', override: 'For a test.' })
  const remediations = await Promise.all(
    (await api.findings.list({ client, limit: 100 })).rows.map(async ({ findingId }) => {
      const [proposal] = await api.remediation.proposals({ origins: [{ kind: 'finding', id: findingId }] })
      if (proposal === undefined) return null
      const { action, subject, values } = proposal
      return api.remediation
        .add({
          action,
          subject: { kind: subject.kind, id: subject.id },
          values,
          origin: { kind: 'finding', id: findingId },
        })
        .catch(() => null)
    }),
  )
  const records = join(root, 'records.csv')
  writeFileSync(records, 'timestamp,model,input_tokens,output_tokens\n2026-11-02T10:00:00Z,gpt-5.4,10,5\n')
  for await (const _ of await api.usage.import({ client, path: records })) {
  }
  await api.people.merge({ keep: kept ?? 0, other: removed ?? 0 })
  const plan = await api.plan.create({ client, from: { kind: 'adopt', connection } })
  ids = {
    connection,
    project: first((await api.projects.list({ client })).rows).projectId,
    person: person ?? 0,
    key,
    finding,
    review,
    item: first((await api.reviews.items({ reviewId: review })).rows).itemId,
    remediation: first(remediations.filter((row) => row !== null)).remediationId,
    plan: plan.row.planId,
    budget: (await api.budgets.set({ client, amount: 1_000_000 })).budgetId ?? 0,
    folder: (await api.usageFolders.add({ client, path: folder })).folderId,
    price: (await api.prices.set({ model: 'gpt-9', from: '2026-01-01', input: 1_000_000, output: 2_000_000 })).price
      .priceId,
    sync: first(await api.changes.timeline({ client })).syncId,
    kept: kept ?? 0,
    rotation: (await api.rotation.mark({ keyId: key })).rotationId,
    principal: first((await api.people.get({ personId: person ?? 0 })).memberships).principalId,
    match: first(
      (await api.people.matches({})).rows.filter(({ sides }) =>
        sides.every(({ row }) => row.clients.every(({ slug }) => slug !== OWN)),
      ),
    ).matchId,
    import: first((await api.usage.imports({ client })).rows).importId,
  }
  await api.plan.export({ planId: ids.plan, format: 'yaml', path: planFile })
  await service.close()
})

/** Arguments that belong to another client, by command; a command that is not listed has no such arguments. */
const FOREIGN: Readonly<Record<string, (of: Ids) => readonly (readonly string[])[]>> = {
  'client archive': () => [[OTHER]],
  'client edit': () => [[OTHER, '--name', 'Another']],
  'connection edit': ({ connection }) => [[`${connection}`, '--label', 'Another']],
  'connection forget': ({ connection }) => [[`${connection}`]],
  'connection history': ({ connection }) => [[`${connection}`]],
  'provider coverage': ({ connection }) => [['--connection', `${connection}`]],
  'key decoy': ({ key }) => [[`${key}`, '--reason', 'In the wiki']],
  'rotation mark': ({ key }) => [[`${key}`]],
  'rotation undo': ({ key }) => [[`${key}`, '--yes']],
  'rotation set': ({ key }) => [[`${key}`, '--contact', 'Platform']],
  'rotation snooze': ({ key }) => [[`${key}`, '--until', '7d']],
  'rotation history': ({ key }) => [[`${key}`]],
  'finding accept': ({ finding }) => [[`${finding}`, '--until', '7d', '--why', 'Freeze']],
  'finding reopen': ({ finding }) => [[`${finding}`], ['--accepted-at', '2026-11-25T09:00:00.000Z']],
  'finding show': ({ finding }) => [[`${finding}`]],
  'person duplicate decide': ({ match }) => [[`${match}`, '--state', 'rejected']],
  'person reviewed': ({ principal }) => [[`${principal}`, '--on', 'yesterday']],
  'plan rename': ({ plan }) => [[`${plan}`, 'Target']],
  'plan version list': ({ plan }) => [[`${plan}`]],
  'plan restore': ({ plan }) => [[`${plan}`]],
  'plan bind': ({ plan }) => [[`${plan}`, 'Acme Corp', '--none']],
  'plan answer': ({ plan }) => [[`${plan}`, '--part', 'project', '--planned', 'Research', '--subject', '1', '--same']],
  'usage import undo': (of) => [[`${of.import}`]],
  'usage sync': ({ connection }) => [['--connection', `${connection}`]],
  'client restore': () => [[OTHER]],
  'connection test': ({ connection }) => [[`${connection}`]],
  'connection remove': ({ connection }) => [[`${connection}`]],
  'connection credential': ({ connection }) => [[`${connection}`]],
  sync: ({ connection }) => [['--connection', `${connection}`]],
  import: ({ connection }) => [[file, '--kind', 'people', '--connection', `${connection}`]],
  'person leaving': ({ person }) => [
    [`${person}`, '--on', 'today', '--why', 'Contract ended'],
    [`${person}`, '--undo'],
  ],
  'person merge': ({ person }) => [[`${person}`, `${person + 1}`]],
  'person split': ({ kept }) => [[`${kept}`]],
  'review item list': ({ review }) => [[`${review}`]],
  'review decide': ({ review, item }) => [[`${review}`, `${item}`, '--decision', 'keep']],
  'review undo': ({ review }) => [[`${review}`, '1']],
  'review sign': ({ review }) => [[`${review}`, '--as', 'Mara']],
  'review acknowledge': ({ review }) => [[`${review}`, '--as', 'Mara']],
  'review cancel': ({ review }) => [[`${review}`, '--why', 'Twice']],
  'review pack': ({ review }) => [[`${review}`, '--out', folder]],
  'review summary': ({ review }) => [[`${review}`, '--out', join(root, 'summary.html')]],
  'remediation propose': ({ finding, item, person }) => [
    ['--finding', `${finding}`],
    ['--item', `${item}`],
    ['--person', `${person}`],
  ],
  'remediation add': ({ finding, item, person }) => [
    ['--finding', `${finding}`, '--all'],
    ['--item', `${item}`, '--all'],
    ['--person', `${person}`, '--all'],
  ],
  'remediation preview': ({ remediation }) => [[`${remediation}`]],
  'remediation approve': ({ remediation }) => [[`${remediation}`, '--confirm', 'x']],
  'remediation run': ({ remediation }) => [[`${remediation}`, '--confirm', 'x']],
  'remediation cancel': ({ remediation }) => [[`${remediation}`]],
  'remediation deployed': ({ remediation }) => [[`${remediation}`]],
  'remediation done': ({ remediation }) => [[`${remediation}`]],
  'plan new': ({ connection }) => [['--template', 'adopt', '--connection', `${connection}`]],
  'plan keyless': ({ key }) => [['--key', `${key}`]],
  'plan show': ({ plan }) => [[`${plan}`]],
  'plan export': ({ plan }) => [[`${plan}`, join(root, 'other.yaml')]],
  'plan check': ({ plan }) => [[`${plan}`]],
  'plan diff': ({ plan }) => [[`${plan}`, `${plan}`]],
  'plan import': ({ plan }) => [[planFile, '--into', `${plan}`]],
  'plan activate': ({ plan }) => [[`${plan}`]],
  'plan remove': ({ plan }) => [[`${plan}`]],
  'plan bring-back': ({ plan }) => [[`${plan}`]],
  'plan apply': ({ plan }) => [[`${plan}`, '--preview']],
  'plan person': ({ plan }) => [['ann@acme.example', '--job', 'developer', '--plan', `${plan}`]],
  changes: ({ sync, review }) => [
    ['--since', `${sync}`],
    ['--since', `review:${review}`],
  ],
  'leaver list': ({ person }) => [['--person', `${person}`]],
  offboard: () => [[OTHER]],
  impact: ({ person, key, project }) => [
    ['person', `${person}`],
    ['key', `${key}`],
    ['project', `${project}`],
  ],
  'recommendation list': ({ person }) => [['--person', `${person}`]],
  'usage price clear': ({ price }) => [[`${price}`]],
  'usage folder remove': (of) => [[`${of.folder}`]],
  'budget set': ({ project, connection }) => [
    ['10', '--project', `${project}`],
    ['10', '--connection', `${connection}`],
  ],
  'budget clear': ({ budget }) => [[`${budget}`]],
  register: ({ connection }) => [['--connection', `${connection}`]],
}

/** These always concern all clients. */
const ALL_CLIENTS = COMMANDS.filter(isWhole)

/** These take no client at all, so none is looked for. */
const TAKE_NONE = ['snippet attribution', 'completion', 'version', 'manual', ...ALL_CLIENTS]

/** Price 1 holds for all clients. */
const PRICE_OF_ALL = 'usage price clear'

/** It ends on a signal. */
const ENDLESS = 'usage watch'

async function revision(): Promise<number> {
  const service = await openService({
    profile: castellan.profile,
    mode: 'read',
    host: recordingHost(),
    secrets: memoryStore('No keychain here.'),
  })
  const now = makeRegister(service.context).revision()
  await service.close()
  return now
}

describe('with --client', () => {
  let before = 0
  beforeAll(async () => {
    before = await revision()
  })

  it.each(Object.keys(FOREIGN))('%s refuses what belongs to another client, and changes nothing', async (command) => {
    const { stdin = '' } = given(command)
    const yes = getCommand(command).question !== null ? ['--yes'] : []
    for (const argv of FOREIGN[command]?.(ids) ?? []) {
      const ran = await castellan.runWith({ stdin }, ...command.split(' '), ...argv, ...yes, '--client', OWN)
      expect({ argv, code: ran.code, out: ran.out }).toEqual({ argv, code: 1, out: '' })
      expect(ran.err).toMatch(/another client|concerns all clients/u)
      expect(ran.err).not.toContain('Quillmarsh')
      expect(await revision()).toBe(before)
    }
  })

  it.each(ALL_CLIENTS)('%s is refused, since it concerns all clients, and changes nothing', async (command) => {
    const { argv, stdin = '' } = given(command)
    const ran = await castellan.runWith({ stdin }, ...command.split(' '), ...argv, '--client', OWN)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toContain('This command concerns all clients')
    expect(await revision()).toBe(before)
  })

  it.each(COMMANDS.filter((command) => ![...ALL_CLIENTS, PRICE_OF_ALL, ENDLESS].includes(command)))(
    '%s accepts its own client',
    async (command) => {
      const { argv, stdin = '' } = given(command)
      const own = argv.map((word) => (word === 'acme' ? OWN : word))
      const named = own.includes('--client') ? [] : ['--client', OWN]
      const profile = join(root, command.replaceAll(' ', '-'))
      cpSync(castellan.profile, profile, { recursive: true })
      const ran = await castellan.runWith({ stdin }, ...command.split(' '), ...own, ...named, '--profile', profile)
      expect(ran.err).not.toContain('concerns all clients')
      rmSync(profile, { recursive: true })
    },
  )

  it.each(COMMANDS)('%s refuses a client that is not in the register, and creates none', async (command) => {
    if (TAKE_NONE.includes(command)) return
    const { argv, stdin = '' } = given(command)
    const own = argv.filter((word, at) => word !== '--client' && argv[at - 1] !== '--client')
    const ran = await castellan.runWith({ stdin }, ...command.split(' '), ...own, '--client', 'acme-copr')
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 1, out: '' })
    expect(ran.err).toBe(
      'A client with the slug "acme-copr" is not in the register.\n' +
        'Did you mean acme-corp? List all slugs: castellan client list --archived.\n',
    )
  })

  it.each(COMMANDS.filter((command) => !(command in FOREIGN)))(
    '%s takes nothing of a client, or keeps to it',
    async (command) => {
      // Those that name a client or an id in their help have to be listed above.
      const { out } = await castellan.run('help', ...command.split(' '))
      const own = out.split('Global Options')[0] ?? ''
      expect(own).not.toMatch(/(?<!--rule )<id>|<person>|<plan>|<review>|<budget>|<price>|<number>/u)
    },
  )

  it('changed nothing in the whole test', async () => {
    expect(await revision()).toBe(before)
  })
})
