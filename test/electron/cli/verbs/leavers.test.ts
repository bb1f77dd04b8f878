import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()

type Row = Readonly<Record<string, unknown>>

beforeAll(async () => {
  await putSample(castellan.profile)
})

async function promisedBy(...verb: readonly string[]): Promise<string[] | undefined> {
  const { out } = await castellan.run(...verb, '--help')
  return [...keysIn(out)]
}

describe('castellan leaver list', () => {
  it('lists leavers with the hours since they left', async () => {
    const rows = (await castellan.run('leaver', 'list', '--json')).json()
    expect(rows.map((row) => row['name'])).toEqual(['Darius Wendt'])
    expect(rows[0]).toMatchObject({
      late: true,
      state: 'holds',
      accounts: 2,
      keys: 1,
      clients: 'northfold quillmarsh-mutual tarnbeck-rail',
    })
    for (const row of rows) expect(Object.keys(row)).toEqual(await promisedBy('leaver', 'list'))
    const { out } = await castellan.run('leaver', 'list')
    expect(out.split('\n')[0]).toMatch(/Name\s+E-mail\s+Last day\s+Left\s+Late\s+State/iu)
  })

  it('filters by scope, state and text', async () => {
    const names = async (...argv: string[]): Promise<unknown[]> =>
      (await castellan.run('leaver', 'list', '--json', ...argv)).json().map((row) => row['name'])
    expect(await names('--client', 'quillmarsh-mutual')).toEqual(['Darius Wendt'])
    expect(await names('--client', 'acme-corp')).toEqual([])
    expect(await names('--state', 'clear')).toEqual([])
    expect(await names('--search', 'wendt')).toEqual(['Darius Wendt'])
  })

  it('shows the remaining access of one leaver, in each format', async () => {
    const [row] = (await castellan.run('leaver', 'list', '--json', '--search', 'darius')).json()
    const id = String(row?.['personId'])
    const detail = (await castellan.run('leaver', 'list', '--person', id, '--json')).json<
      Row & { items: readonly Row[] }
    >()
    expect(detail.items.map((item) => item['kind'])).toContain('shared-key')
    expect(detail.items.filter((item) => item['kind'] === 'key')).toHaveLength(Number(row?.['keys']))
    const { out } = await castellan.run('leaver', 'list', '--person', id)
    expect(out).toMatch(/^Darius Wendt\n- Last day .* 24 hours/u)
    const markdown = (await castellan.run('leaver', 'list', '--person', id, '--format', 'md')).out
    expect(markdown).toMatch(/^## Leavers: all clients\n/u)
    expect(markdown.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(detail.items.length + 2)
    expect((await castellan.run('leaver', 'list', '--format', 'md')).out).toContain('### Darius Wendt')
  })

  it('is not evaluated where no HR file names anyone in scope, and gives the reason in each format', async () => {
    const bare = newCastellan()
    await bare.run('client', 'add', 'Acme')
    const because =
      'Not evaluated: no HR file that names a person in scope was imported, so it is not known who has left.'
    expect((await bare.run('leaver', 'list')).out).toContain(because)
    for (const format of ['json', 'csv']) {
      expect((await bare.run('leaver', 'list', '--format', format)).err).toContain(because)
    }
    const evaluated = await castellan.run('leaver', 'list', '--client', 'acme-corp')
    expect(evaluated).toMatchObject({ out: 'No leavers.\n', err: '' })
  })

  it.each([
    [['leaver', 'list', '--person', '999999'], 1, /This leaver is not in the register/u],
    [['leaver', 'list', '--person', 'x'], 2, /whole number/u],
    [['leaver', 'list', '--json', '--format', 'md'], 2, /contradict/u],
    [['leaver', 'list', '--state', 'wat'], 2, /holds/u],
    [['impact', 'person', '999999'], 1, /This person is not in the register/u],
    [['impact', 'house', '1'], 2, /person/u],
    [['impact', 'person'], 2, /id/u],
    [['recommendation', 'list', '--kind', 'wat'], 2, /member-unused/u],
    [['recommendation', 'list', '--client', 'nobody'], 1, /nobody/u],
  ])('refuses %j with exit code %i', async (argv, code, message) => {
    const ran = await castellan.run(...argv)
    expect(ran.code).toBe(code)
    expect(ran.out).toBe('')
    expect(ran.err).toMatch(message)
  })
})

describe('castellan impact', () => {
  it('shows what stops working and what is unaffected, in each format and for each kind of subject', async () => {
    const [key] = (await castellan.run('key', 'list', '--json', '--search', 'prod-claims-hotline')).json()
    const [project] = (await castellan.run('project', 'list', '--json', '--search', 'Claims-Prod')).json()
    const [leaver] = (await castellan.run('leaver', 'list', '--json')).json()
    for (const [kind, id, says] of [
      ['key', key?.['keyId'], /1 key stops working/u],
      ['project', project?.['projectId'], /keys stop working.*\n.*members? lose/u],
      ['person', leaver?.['personId'], /continues? to work without an owner/u],
    ] as const) {
      const { out, code } = await castellan.run('impact', kind, String(id))
      expect(code).toBe(0)
      expect(out).toMatch(says)
      const report = (await castellan.run('impact', kind, String(id), '--json')).json<{
        rows: readonly Row[]
        says: readonly string[]
      }>()
      for (const sentence of report.says) expect(out).toContain(sentence)
      const markdown = (await castellan.run('impact', kind, String(id), '--md')).out
      expect(markdown.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(report.rows.length + 2)
    }
  })

  it('of a person obeys the scope', async () => {
    const [leaver] = (await castellan.run('leaver', 'list', '--json')).json()
    const report = (
      await castellan.run('impact', 'person', String(leaver?.['personId']), '--json', '--client', 'northfold')
    ).json<{ rows: readonly Row[] }>()
    expect(new Set(report.rows.map((row) => row['client']))).toEqual(new Set(['northfold']))
  })
})

describe('castellan recommendation list', () => {
  it('lists smaller roles with the recorded use, the most confident first, and names people without recorded use', async () => {
    const rows = (await castellan.run('recommendation', 'list', '--json')).json()
    expect(rows.length).toBeGreaterThan(5)
    for (const row of rows) expect(Object.keys(row)).toEqual(await promisedBy('recommendation', 'list'))
    const order = ['high', 'medium', 'low']
    const ranks = rows.map((row) => order.indexOf(String(row['sure'])))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
    const { out } = await castellan.run('recommendation', 'list')
    expect(out).toContain('Not reported: ')
    expect(out).toContain(
      'Anthropic reports only a part of what people use: a person without a report may still be active.',
    )
    expect((await castellan.run('recommendation', 'list', '--json', '--client', 'heliotide-clinics')).json()).toEqual(
      [],
    )
  })

  it.each([80, 100])('shows the role and the sufficient one on a screen of %i columns', async (columns) => {
    const [head = ''] = (await castellan.runWith({ columns }, 'recommendation', 'list')).out.split('\n')
    expect(head).toMatch(/\sRole\s+Sufficient\b/u)
  })
})
