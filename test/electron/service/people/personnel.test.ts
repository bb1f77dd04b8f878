import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'

import type { Inputs, Outputs } from '../../../../shared/contract/contract.ts'
import { readPersonnelFile } from '../../../../electron/service/people/personnel.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { anyString } from '../../../any-string.ts'
import { refused, seeded, type Seeded } from '../seeded.ts'
import { bytes } from '../files/importing.ts'

type Options = Omit<Inputs['people']['import'], 'fileName' | 'content'>
type Plan = Outputs['people']['import']

let world: Seeded

beforeEach(async () => {
  world = await seeded()
})

const input = (content: string, options: Options = {}): Inputs['people']['import'] => ({
  fileName: '/home/mara/hr.csv',
  content: new Uint8Array(bytes(content)),
  ...options,
})
const plan = (content: string, options?: Options): Promise<Plan> => world.api.people.planImport(input(content, options))
const take = (content: string, options?: Options): Promise<Plan> => world.api.people.import(input(content, options))

const employment = (): readonly unknown[] =>
  getReader(world.service.context).all(
    `SELECT n.email, e.status, e.job_title, e.department, e.contractor, e.external_id, e.starts_on, e.ends_on, e.source, e.departure_reported_at IS NOT NULL AS reported
     FROM employment e JOIN person n ON n.id = e.person_id ORDER BY n.email`,
  )
const actions = (of: Plan): readonly string[] => of.rows.map((row) => `${row.line} ${row.action} ${row.subject}`)

const HR = `Employee No;Full name;Work e-mail;Employment status;Team;Job title;Worker type;Hire date;Termination date
17;Tomas Okafor;tomas@acme.example;Active;Ops;Engineer;Employee;2020-01-31;
18;Glen Away;glen@acme.example;Terminated;Ops;Engineer;Contractor;31/12/2019;2026-03-01
`

describe('an HR file in CSV', () => {
  it('is read by whatever its columns are called, planned, and imported once', async () => {
    const planned = await plan(HR)
    expect(planned).toMatchObject({ format: 'csv', source: 'Personnel file', delimiter: ';', leavers: 0 })
    expect(planned.counts).toEqual({ new: 1, update: 1, same: 0, doubtful: 0, depart: 0, refuse: 0 })
    expect(employment()).toEqual([])
    await take(HR)
    expect(employment()).toEqual([
      {
        email: 'glen@acme.example',
        status: 'departed',
        job_title: 'Engineer',
        department: 'Ops',
        contractor: 1,
        external_id: '18',
        starts_on: '2019-12-31',
        ends_on: '2026-03-01',
        source: 'Personnel file',
        reported: 1,
      },
      expect.objectContaining({ email: 'tomas@acme.example', status: 'employed', contractor: 0, reported: 0 }),
    ])
    const revision = (): unknown => getReader(world.service.context).value('SELECT count(*) FROM journal')
    const before = revision()
    expect((await take(HR)).counts).toMatchObject({ same: 2, new: 0, update: 0 })
    expect(revision()).toBe(before)
  })

  it('reports which row and column cannot be imported, imports the others, and keeps no secret', async () => {
    const rows = `Email,Status,Start date
no address,Active,
ann@acme.example,perhaps,
bea@acme.example,Active,2026-02-31
cay@acme.example,Active,
cay@acme.example,Left,
dan@acme.example,sk-proj-0123456789abcdefghij0123,
`
    const done = await take(rows)
    expect(done.rows.map(({ line, column, action }) => [line, column, action])).toEqual([
      [2, 'Email', 'refuse'],
      [3, 'Status', 'refuse'],
      [4, 'Start date', 'refuse'],
      [6, null, 'refuse'],
      [7, null, 'refuse'],
      [5, null, 'new'],
    ])
    expect(JSON.stringify(done)).not.toContain('0123456789')
    expect(employment()).toHaveLength(1)
  })

  it('leaves fields unchanged that it has no column for', async () => {
    await take(HR)
    await take('Email,Title\ntomas@acme.example,Lead Engineer\n')
    expect(employment()).toContainEqual(
      expect.objectContaining({ email: 'tomas@acme.example', job_title: 'Lead Engineer', department: 'Ops' }),
    )
  })

  it('is refused without a column of addresses, and imported once one is mapped', async () => {
    const rows = 'Who,Contact point\nTomas,tomas@@x\n'
    expect((await plan(rows)).notices.join(' ')).toContain('e-mail')
    expect(await refused(take(rows))).toMatchObject({ code: 'INVALID' })
    const mapped = await plan(rows, { mapping: { 'Contact point': 'email' } })
    expect(mapped.counts.refuse).toBe(1)
  })

  it('counts people who have left and still have access, and finds them', async () => {
    const removed = 'Email,Status\ntomas@acme.example,Left\n'
    expect((await plan(removed)).leavers).toBe(1)
    await take(removed)
    const { rows } = await world.api.findings.list({ rule: 'leaver-with-access' })
    expect(rows.map((row) => row.subject.name)).toEqual(['Tomas Okafor'])
    const people = await world.api.people.list({ departed: true })
    expect(people.rows.map((row) => [row.name, row.departed])).toEqual([['Tomas Okafor', true]])
    const { employment: reported } = await world.api.people.get({ personId: people.rows[0]?.personId ?? 0 })
    expect(reported).toMatchObject({ status: 'departed', departed: true, departureReportedAt: world.clock.now })
  })
})

describe('a leaver status with a last day that is still to come', () => {
  const notYet = 'Email,Name,Status,End date\ntomas@acme.example,Tomas Okafor,Terminated,2027-12-31\n'
  const DOUBT =
    'The status means that the person has left, but the last day, 2027-12-31, is still to come. Correct the status or the day.'

  it('is a doubt of the row, each time the file contains it, and is imported as written', async () => {
    expect((await plan(notYet)).rows).toMatchObject([
      { line: 2, action: 'doubtful', detail: expect.stringContaining(DOUBT) as string },
    ])
    await take(notYet)
    expect(employment()).toMatchObject([{ status: 'departed', ends_on: '2027-12-31' }])
    const journal = (): unknown => getReader(world.service.context).value('SELECT count(*) FROM journal')
    const before = journal()
    expect((await take(notYet)).rows).toMatchObject([{ action: 'doubtful', detail: DOUBT }])
    expect(journal()).toBe(before)
    const stranger = 'Email,Status,End date\nnew@acme.example,Left,2027-12-31\n'
    expect((await plan(stranger)).rows).toMatchObject([{ action: 'doubtful', detail: `New, and has left. ${DOUBT}` }])
  })

  it('is a contradiction in the finding, and a plain departure once the day has passed', async () => {
    await take(notYet)
    const says = async (): Promise<string | undefined> =>
      (await world.api.findings.list({ rule: 'leaver-with-access' })).rows[0]?.says
    expect(await says()).toContain('has left, although the last day is 31 Dec 2027, but still has an account')
    world.clock.now = Date.UTC(2028, 0, 1, 12)
    expect(await says()).toContain('left on 31 Dec 2027 but still has an account')
  })

  it('raises no doubt on the last day itself', async () => {
    world.clock.now = Date.UTC(2027, 11, 31, 12)
    expect((await plan(notYet)).rows).toMatchObject([{ action: 'update' }])
  })
})

describe('two sources', () => {
  it('may differ: a departure is reverted only by the source that reported it', async () => {
    await take('Email,Status\ntomas@acme.example,Left\n', { source: 'HR' })
    const active = 'Email,Status\ntomas@acme.example,Active\n'
    const other = await take(active, { source: 'Directory' })
    expect(other.counts).toMatchObject({ same: 1, update: 0 })
    expect(other.notices.join(' ')).toContain('left according to another source')
    expect(employment()).toMatchObject([{ status: 'departed', source: 'HR' }])
    await take(active, { source: 'HR' })
    expect(employment()).toMatchObject([{ status: 'employed', source: 'HR', reported: 0 }])
    await take('Email,Status\ntomas@acme.example,Left\n', { source: 'Directory' })
    expect(employment()).toMatchObject([{ status: 'departed', source: 'Directory' }])
  })
})

describe('a file that names everyone', () => {
  const ALL = 'Email,Name\ntomas@acme.example,Tomas\nann@acme.example,Ann\n'
  const LESS = 'Email,Name\nann@acme.example,Ann\n'

  it('lists people who are missing, and treats them as leavers only on request', async () => {
    await take(ALL, { full: true })
    expect((await plan(LESS)).counts.depart).toBe(0)
    const listed = await take(LESS, { full: true })
    expect(actions(listed)[0]).toBe('0 depart Tomas Okafor')
    expect(listed.departs).toBe(false)
    expect(employment()).toContainEqual(expect.objectContaining({ email: 'tomas@acme.example', status: 'employed' }))
    expect((await take(LESS, { full: true, departMissing: true })).departs).toBe(true)
    expect(employment()).toContainEqual(expect.objectContaining({ email: 'tomas@acme.example', status: 'departed' }))
  })

  it('reports nothing about people of another source, and marks no one while rows are refused', async () => {
    await take(ALL, { full: true })
    expect((await plan(LESS, { full: true, source: 'Other HR' })).counts.depart).toBe(0)
    const broken = `${LESS}no address,Eve\n`
    const done = await take(broken, { full: true, departMissing: true })
    expect([done.counts.depart, done.departs]).toEqual([1, false])
    expect(employment()).toContainEqual(expect.objectContaining({ email: 'tomas@acme.example', status: 'employed' }))
  })
})

describe('the users export of Google Workspace', () => {
  const HEADER =
    'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Org Unit Path [Required],Status [READ ONLY],Last Sign In [READ ONLY],Recovery Email,Home Secondary Email,Work Secondary Email,Employee ID,Employee Type,Employee Title,Manager Email,Department,Cost Center'

  it('is recognized by its columns; second addresses are aliases, the recovery address is not', async () => {
    const rows = `${HEADER}
Tomas,Okafor,TOMAS@acme.example,****,/,Active,2026/03/01 04:05:20,recovery@mail.example,tomas.home@mail.example,t.okafor@acme.example,77,Contractor,Engineer,mara@agency.example,Ops,CC1
Glen,Away,glen@acme.example,****,/,Suspended,Never logged in,,,,78,,,,,
`
    const done = await take(rows)
    expect(done).toMatchObject({ format: 'google', source: 'Google Workspace' })
    expect(done.counts).toMatchObject({ new: 1, update: 1, refuse: 0 })
    expect(employment()).toMatchObject([
      { email: 'glen@acme.example', status: 'departed' },
      { email: 'tomas@acme.example', status: 'employed', contractor: 1, job_title: 'Engineer', department: 'Ops' },
    ])
    const { rows: people } = await world.api.people.list({ search: 'tomas' })
    const { aliases } = await world.api.people.get({ personId: people[0]?.personId ?? 0 })
    expect(aliases).toEqual(['t.okafor@acme.example', 'tomas.home@mail.example', 'tomas@acme.example'])
  })

  it('is refused when it is not one', async () => {
    expect(await refused(plan('Email\nann@acme.example\n', { format: 'google' }))).toMatchObject({ code: 'INVALID' })
  })
})

describe('SCIM 2.0', () => {
  const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
  const tomas = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    id: 'a1',
    userName: 'tokafor@idp.example',
    name: { givenName: 'Tomas', familyName: 'Okafor' },
    emails: [{ value: 'old@acme.example' }, { value: 'tomas@acme.example', primary: true }],
    active: false,
    title: 'Engineer',
    userType: 'Contractor',
    [ENTERPRISE]: { employeeNumber: '77', department: 'Ops', manager: { value: 'm1', displayName: 'Mara' } },
    meta: { lastModified: '2026-03-01T00:00:00Z' },
  }

  it('is read as a list response, a list, or one user', async () => {
    for (const content of [{ totalResults: 1, Resources: [tomas] }, [tomas], tomas]) {
      const planned = await plan(JSON.stringify(content))
      expect(planned).toMatchObject({ format: 'scim', source: 'SCIM', counts: { update: 1, refuse: 0 }, leavers: 1 })
    }
    await take(JSON.stringify([tomas]))
    expect(employment()).toMatchObject([
      { email: 'tomas@acme.example', status: 'departed', job_title: 'Engineer', external_id: '77', contractor: 1 },
    ])
  })

  it('names the attribute that is wrong, and never counts as complete when it is one page of more', async () => {
    await take(JSON.stringify([tomas, { userName: 'ann@acme.example', active: true }]))
    const page = { totalResults: 9, Resources: [{ userName: 'nobody' }, { userName: 'x@y.example', active: 'maybe' }] }
    const planned = await plan(JSON.stringify(page), { full: true })
    expect(planned.rows.map(({ line, column, action }) => [line, column, action])).toEqual([
      [1, 'emails', 'refuse'],
      [2, 'active', 'refuse'],
    ])
    expect(planned.notices.join(' ')).toContain('one page')
  })
})

describe('ambiguous people', () => {
  it('are kept separate and proposed: a new person who resembles a known one', async () => {
    const done = await take('Email,Name,Status\ntomas+ai@acme.example,T. Okafor,Active\n')
    expect(done.counts).toMatchObject({ doubtful: 1, new: 0 })
    const { rows } = await world.api.people.matches({})
    expect(rows.map((row) => [row.reason, ...row.sides.map((side) => side.row.name)])).toEqual([
      ['plus-address', 'Tomas Okafor', 'T. Okafor'],
    ])
  })

  it('are proposed when one row names two people of the register, once', async () => {
    const both = 'Email,Aliases\ntomas@acme.example,mara@agency.example\n'
    expect((await take(both)).counts).toMatchObject({ doubtful: 1 })
    const [match] = (await world.api.people.matches({})).rows
    expect(match?.reason).toBe('one-file')
    await world.api.people.decideMatch({ matchId: match?.matchId ?? 0, state: 'rejected' })
    expect((await take(both)).counts).toMatchObject({ same: 1 })
    expect((await world.api.people.matches({})).rows).toEqual([])
  })

  it('become one by a merge and two again by a split, both in the journal', async () => {
    await take('Email,Name,Status\ntomas+ai@acme.example,Tomas Okafor,Left\n')
    const [match] = (await world.api.people.matches({})).rows
    const [keep = 0, other = 0] = match?.sides.map((side) => side.row.personId) ?? []
    const { mergeId } = await world.api.people.merge({ keep, other })
    expect(await world.api.people.get({ personId: keep })).toMatchObject({
      row: { departed: true },
      matches: [],
      merges: [{ mergeId, name: 'Tomas Okafor' }],
    })
    expect(await refused(world.api.people.merge({ keep: 1, other }))).toMatchObject({ code: 'CONFLICT' })
    expect((await world.api.findings.list({ rule: 'leaver-with-access' })).total).toBe(1)
    await world.api.people.split({ mergeId })
    expect((await world.api.findings.list({ rule: 'leaver-with-access' })).total).toBe(0)
    expect((await world.api.people.matches({})).rows).toHaveLength(1)
    const reported = getReader(world.service.context).column(
      "SELECT action FROM journal WHERE action LIKE 'pe%' ORDER BY seq",
    )
    expect(reported).toEqual(['people.imported', 'person.merged', 'person.split'])
  })

  it('are within a scope only when both are', async () => {
    await take('Email,Name,Status\ntomas+ai@acme.example,Tomas Okafor,Active\n')
    expect((await world.api.people.matches({ client: 'acme' })).total).toBe(1)
    // People known only from HR files belong to the client of their address.
    await world.api.client.update({ slug: 'acme', domains: ['elsewhere.example'] })
    expect((await world.api.people.matches({ client: 'acme' })).total).toBe(0)
    expect((await world.api.people.matches({ client: 'borealis' })).total).toBe(0)
    expect((await world.api.people.matches({})).total).toBe(1)
  })
})

describe('an alias', () => {
  it('that two rows contain, or that is the main address of another row, belongs to no one', async () => {
    const rows = `Email,Aliases
ann@acme.example,team@acme.example bea@acme.example ann.lee@acme.example
bea@acme.example,team@acme.example
`
    expect((await take(rows)).counts).toMatchObject({ new: 2, refuse: 0 })
    const addresses = getReader(world.service.context).column(
      `SELECT a.address || ' ' || n.email FROM person_address a JOIN person n ON n.id = a.person_id
       WHERE n.email LIKE 'ann@%' OR n.email LIKE 'bea@%' ORDER BY 1`,
    )
    expect(addresses).toEqual([
      'ann.lee@acme.example ann@acme.example',
      'ann@acme.example ann@acme.example',
      'bea@acme.example bea@acme.example',
    ])
  })
})

describe('any bytes', () => {
  it('are read or refused with a reason, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(anyString(), fc.json()), (text) => {
        const read = readPersonnelFile(
          { content: new Uint8Array(bytes(text)) },
          { now: Date.UTC(2026, 10, 25), today: '2026-11-25' },
        )
        expect('entries' in read || read.reason !== '').toBe(true)
      }),
    )
  })
})
