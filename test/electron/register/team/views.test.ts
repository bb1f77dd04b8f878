import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { type NamedKind, nameSubject } from '../../../../electron/register/views/subjects.ts'
import { listViews } from '../../../../electron/register/views/views.ts'
import { NO_ROW } from '../../../../shared/contract/view-subjects.ts'
import type { ViewList, ViewSearch, ViewSubjects } from '../../../../shared/contract/views.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { grant, key, newBriefRegister, project, user } from '../registers.ts'
import { findProblems } from './contents.ts'
import { addClient, decideIn, expectWhole, foundRegisterTeam, type Laptop, readIn } from './registers.ts'

const OWNER = { externalId: 'u1', kind: 'user', name: 'Tomas', email: 'tomas@acme.example' } as const
const PARTS = [
  { source: 'projects' as const, facts: [project('proj_a')] },
  { source: 'users' as const, facts: [user('u1', { email: OWNER.email }), grant('u1', null)] },
  {
    source: 'project-keys' as const,
    project: 'proj_a',
    facts: [key('key_1', { ownerState: 'known', owner: OWNER })],
  },
]

/** The number of a row of a connection, by SQL of its own. */
const numberOf = ({ reader }: Register, table: string, connectionUid: string, column = 'id'): number =>
  reader.value<number>(
    `SELECT t.${column} FROM ${table} t WHERE t.connection_id = (SELECT id FROM connection WHERE uid = ?)`,
    [connectionUid],
  )!

/** A team of the founder and Anna, who have read two clients in opposite orders, each with a connection of the same accounts. */
async function setUp() {
  const team = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const anna = await team.join('anna')
  const { founder } = team
  const uids = new Map<string, string>()
  for (const slug of ['borealis', 'acme']) {
    const client = await team.openClient()
    const connectionUid = createUid(1)
    uids.set(slug, client).set(`of ${slug}`, connectionUid)
    addClient(founder, client, slug)
    const organization = { provider: 'openai', platform: null, organizationId: null, label: slug, baseUrl: null }
    const body = { ...organization, access: 'read-only' as const, connectionUid }
    decideIn(founder, { kind: 'connection.added', client: slug, body })
    if (slug === 'borealis') readIn(founder, connectionUid, PARTS, 1)
  }
  await founder.exchange()
  for (const slug of ['acme', 'borealis']) {
    await team.grant(uids.get(slug)!, anna, 'lead')
    await anna.exchange()
  }
  const exchangeAll = async (): Promise<void> => {
    for (const one of [founder, anna]) expectWhole(await one.exchange(), one)
  }
  return { founder, own: founder.register, hers: anna.register, exchangeAll, acme: uids.get('of acme')! }
}

/** Saves a view for the client `acme` by the numbers of a register, named as the service names them. */
function save(
  laptop: Laptop,
  viewUid: string,
  list: ViewList,
  ids: ViewSearch,
  kinds: Readonly<Record<string, NamedKind>>,
) {
  const { register } = laptop
  const client = register.reader.value<number>("SELECT id FROM client WHERE slug = 'acme'")!
  const subjects = Object.fromEntries(
    Object.entries(kinds).map(([param, kind]) => [
      param,
      nameSubject(register.reader, kind, Number(ids[param]), client)!,
    ]),
  ) as ViewSubjects
  const body = { viewUid, list, name: list, search: { dir: 'asc' }, subjects, columns: null }
  decideIn(laptop, { kind: 'view.saved', client: 'acme', body })
}

it('a view that one member saves filters by the same subjects at another, whose register has other numbers for them', async () => {
  const { founder, own, hers, exchangeAll, acme } = await setUp()
  readIn(founder, acme, PARTS, 2)
  const numbers = (register: Register) => ({
    connection: register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [acme])!,
    project: numberOf(register, 'project', acme),
    owner: numberOf(register, 'principal', acme, 'person_id'),
  })
  save(founder, '01890000-0000-7000-8000-0000000000b1', 'keys', numbers(own), {
    connection: 'connection',
    project: 'project',
    owner: 'person',
  })
  expect(listViews(own.reader, {})).toMatchObject([{ name: 'keys', search: { dir: 'asc', ...numbers(own) } }])
  await exchangeAll()
  expect(numbers(hers).connection).not.toBe(numbers(own).connection)
  expect(listViews(hers.reader, {})).toMatchObject([{ name: 'keys', search: { dir: 'asc', ...numbers(hers) } }])
  expect([...findProblems(own), ...findProblems(hers)]).toEqual([])
})

it('a view whose project a register has not read yet filters by no row, until it is read', async () => {
  const { founder, hers, exchangeAll, acme } = await setUp()
  const view = { viewUid: '01890000-0000-7000-8000-0000000000b2', list: 'access' as const, columns: null }
  const subjects = { project: { kind: 'project' as const, connectionUid: acme, externalId: 'proj_a' } }
  const body = { ...view, name: 'Of the project', search: {}, subjects }
  decideIn(founder, { kind: 'view.saved', client: 'acme', body })
  await exchangeAll()
  const opened = (): unknown => listViews(hers.reader, {}).map(({ search }) => search)
  expect(opened()).toEqual([{ project: NO_ROW }])
  readIn(founder, acme, PARTS, 2)
  await exchangeAll()
  expect(opened()).toEqual([{ project: numberOf(hers, 'project', acme) }])
})
