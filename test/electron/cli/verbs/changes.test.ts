import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()

beforeAll(async () => {
  await putSample(castellan.profile)
})

describe('castellan changes', () => {
  it('is a flat list in JSON with the keys that its help names, and obeys the scope', async () => {
    const ran = await castellan.run('changes', '--since', '2000-01-01', '--json', '--client', 'acme-corp')
    expect(ran).toMatchObject({ code: 0, err: '' })
    const rows = ran.json()
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.filter((row) => row['kind'] === 'first-reading')).toHaveLength(2)
    expect(new Set(rows.map((row) => row['client']))).toEqual(new Set(['acme-corp']))
    const { out: help } = await castellan.run('changes', '--help')
    const promised = keysIn(help)
    for (const row of rows) expect(Object.keys(row)).toEqual(promised)
  })

  it('takes kinds, a pair of syncs and each format', async () => {
    const all = (await castellan.run('changes', '--since', '1', '--json')).json()
    const kinds = new Set(all.map((row) => row['kind']))
    expect(kinds.size).toBeGreaterThan(5)
    const some = (
      await castellan.run('changes', '--since', '1', '--kind', 'access-gained', 'key-created', '--json')
    ).json()
    expect(new Set(some.map((row) => row['kind']))).toEqual(new Set(['access-gained', 'key-created']))
    expect((await castellan.run('changes', '--since', '1', '--until', '1', '--json')).json()).toEqual([])
    const table = (await castellan.run('changes', '--since', '1')).out
    expect(table.split('\n')[0]).toMatch(/Detected\s+Client\s+Change\s+Subject\s+Project\s+Before\s+After/iu)
    expect(table).toContain('Access gained')
    const markdown = (await castellan.run('changes', '--since', '1', '--format', 'md')).out
    expect(markdown).toMatch(/^## Changes: all clients\n\nBetween sync 1 and now/u)
    // What changed alike in several projects is one line, which names each of them.
    const projects = markdown.split('\n').flatMap((line) => {
      const cells = line.split(/(?<!\\)\|/u)
      return line.startsWith('| 2') ? (cells[6] ?? '').split(', ') : []
    })
    expect(projects).toHaveLength(all.length)
  })

  it('reports that nothing changed', async () => {
    const ran = await castellan.run('changes', '--since', '1', '--until', '1')
    expect(ran).toMatchObject({ code: 0, out: 'Nothing changed between sync 1 and sync 1.\n' })
  })

  it.each([
    [['changes'], 2, /--since/u],
    [['changes', '--since', 'the other day'], 2, /Write a day/u],
    [['changes', '--since', '2026-02-30'], 2, /Write a day/u],
    [['changes', '--since', '2026-11-01T09:00'], 2, /Write a day/u],
    [['changes', '--since', '1', '--kind', 'wat'], 2, /access-gained/u],
    [['changes', '--since', '1', '--json', '--format', 'md'], 2, /contradict/u],
    [['changes', '--since', 'review:0'], 2, /review:3/u],
    [['changes', '--since', 'last-review:wat'], 2, /last-review:admins, last-review:roles/u],
    [['changes', '--since', 'last-review:keys:1'], 2, /Write a day/u],
    [['changes', '--since', 'review:9999'], 1, /Review 9999 is not in the register\.\n.*review from the list/u],
    [['changes', '--since', '9999'], 1, /Sync 9999 is not in the register\.\n.*timeline/u],
    [['changes', '--since', '2', '--until', '1'], 1, /sync 2 is later than sync 1\.\n/u],
    [['changes', '--since', '1', '--client', 'nobody'], 1, /nobody/u],
  ])('refuses %j with exit code %i', async (argv, code, message) => {
    const ran = await castellan.run(...argv)
    expect(ran.code).toBe(code)
    expect(ran.out).toBe('')
    expect(ran.err).toMatch(message)
  })
})
