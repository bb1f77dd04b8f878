import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'

const castellan = newCastellan()

beforeAll(async () => {
  await putSample(castellan.profile)
  await castellan.run('review', 'open', '--check', 'admins', '--client', 'acme-corp', '--override', 'For a test')
  await castellan.run('remediation', 'add', '--key', '115', '--pick', '1')
})

type Row = Readonly<Record<string, unknown>>

async function first(...list: readonly string[]): Promise<Row> {
  return (await castellan.run(...list, '--json')).json<readonly Row[]>()[0] ?? {}
}

const KINDS: readonly (readonly [kind: string, list: readonly string[], id: string])[] = [
  ['key', ['key', 'list'], 'keyId'],
  ['person', ['person', 'list'], 'personId'],
  ['project', ['project', 'list'], 'projectId'],
  ['client', ['client', 'list'], 'slug'],
  ['connection', ['connection', 'list'], 'id'],
  ['finding', ['finding', 'list'], 'findingId'],
  ['review', ['review', 'list'], 'reviewId'],
  ['change', ['remediation', 'list'], 'remediationId'],
]

describe('castellan show', () => {
  it.each(KINDS)(
    'a %s by its id has the values of its list in JSON, labels for people, and no key of a program',
    async (kind, list, id) => {
      const row = await first(...list)
      const thing = `${kind}-${String(row[id])}`
      const sheet = (await castellan.run('show', thing, '--json')).json<Row>()
      expect(sheet).toMatchObject({ thing, [id]: row[id] })
      const { code, out, err } = await castellan.runWith({ columns: 80 }, 'show', thing)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain(`(${thing})`)
      expect(out).not.toMatch(
        /[a-z][A-Z][a-z]+: |\b(?:subject|connection|project|person|principal)Id\b|undefined|null/u,
      )
      const facts = out.split('\n\n')[0]?.split('\n') ?? []
      expect(facts.filter((line) => line.length > 80)).toEqual([])
    },
  )

  it.each(KINDS)('of a %s names commands that run as they are', async (kind, list, id) => {
    const row = await first(...list)
    const sheet = (await castellan.run('show', `${kind}-${String(row[id])}`, '--json')).json<Row>()
    for (const next of sheet['next'] as readonly string[]) {
      const { code } = await castellan.run(...next.split(' ').slice(1))
      // The sample has no credential, so a sync ends undone.
      expect({ next, isRun: next.includes(' sync ') ? code !== 2 : code === 0 }).toEqual({ next, isRun: true })
    }
  })

  it('of a change that needs manual steps names the command that shows them', async () => {
    const rows = (await castellan.run('remediation', 'list', '--json')).json<readonly Row[]>()
    const byHand = rows.find(({ state }) => state === 'by-hand')
    const id = String(byHand?.['remediationId'])
    expect((await castellan.run('show', `change-${id}`)).out).toContain(`castellan remediation preview ${id}`)
    expect((await castellan.run('remediation', 'preview', id)).out).toContain('manual step: ')
  })

  it('finds a person by address, a key by its id at the provider, and a client by its name', async () => {
    const [person, key, client] = [
      await first('person', 'list'),
      await first('key', 'list'),
      await first('client', 'list'),
    ]
    for (const [name, thing] of [
      [person['email'], `person-${String(person['personId'])}`],
      [key['externalId'], `key-${String(key['keyId'])}`],
      [String(client['name']).toUpperCase(), `client-${String(client['slug'])}`],
    ])
      expect((await castellan.run('show', String(name), '--json')).json<Row>()['thing']).toBe(thing)
  })

  it('lists what an ambiguous name or number may mean, each with the id that shows it', async () => {
    for (const text of ['castellan-read', '9']) {
      const { code, out, err } = await castellan.run('show', text, '--json')
      expect(code).toBe(1)
      expect(err).toContain('Name one by its id: castellan show ')
      const candidates = JSON.parse(out) as readonly Row[]
      expect(candidates.length).toBeGreaterThan(1)
      for (const { thing } of candidates) expect((await castellan.run('show', String(thing))).code).toBe(0)
    }
  })

  it('shows nothing of another client, and names what it looks for where nothing has the name', async () => {
    const row = (await castellan.run('key', 'list', '--client', 'northfold', '--json')).json<readonly Row[]>()[0]
    expect((await castellan.run('show', `key-${String(row?.['keyId'])}`, '--client', 'acme-corp')).code).toBe(1)
    expect((await castellan.run('show', 'nobody-at-all')).err).toContain('Write a whole name')
  })
})
