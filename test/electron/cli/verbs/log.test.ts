import { beforeAll, describe, expect, it } from 'vitest'

import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()

const newest = async (...argv: string[]) => (await castellan.run('log', 'list', '--json', ...argv)).json()[0] ?? {}
const nameOf = async (slug: string): Promise<unknown> =>
  (await castellan.run('client', 'list', '--json')).json().find((row) => row['slug'] === slug)?.['name']

beforeAll(async () => {
  await castellan.run('client', 'add', 'Acme')
  await castellan.run('client', 'add', 'Globex')
})

describe('castellan log list', () => {
  it('lists entries newest first, with the command that undoes each or why it cannot be undone', async () => {
    await castellan.run('client', 'edit', 'acme', '--name', 'Acme GmbH')
    const rows = (await castellan.run('log', 'list', '--json')).json()
    expect(rows.map((row) => row['action'])).toEqual(['client.changed', 'client.added', 'client.added'])
    expect(rows[0]).toMatchObject({ client: 'acme', says: 'Client changed', whyNot: null })
    expect(Object.keys(rows[0] ?? {})).toEqual(keysIn((await castellan.run('log', 'list', '--help')).out))
    const { out } = await castellan.run('log', 'list')
    expect(out).toMatch(/^ *ID +When +By +Client +Action +Subject +Undo/iu)
    expect(out).toContain(`castellan log undo ${String(rows[0]?.['entry'])}`)
    expect(out).toContain('Archive it instead.')
  })

  it('is of one client, and of a text in words, subjects and names', async () => {
    expect(await newest('--client', 'globex')).toMatchObject({ action: 'client.added', client: 'globex' })
    expect(await newest('--search', 'CLIENT ADDED')).toMatchObject({ action: 'client.added', client: 'globex' })
    expect((await castellan.run('log', 'list', '--search', 'no such entry')).out).toMatch(/^Nothing matches --search/u)
  })

  it('shows hidden characters of a subject as what they are', async () => {
    await castellan.run('client', 'edit', 'globex', '--name', 'Glo\u202Ebex')
    const { out } = await castellan.run('log', 'list')
    expect(out).not.toContain('\u202E')
  })
})

describe('castellan log undo', () => {
  it('asks first, undoes the entry once, and names the entry that undid it', async () => {
    await castellan.run('client', 'edit', 'acme', '--name', 'Acme AG')
    const entry = String((await newest())['entry'])
    const asked = await castellan.run('log', 'undo', entry)
    expect(asked).toMatchObject({ code: 2, out: '' })
    expect(asked.err).toContain('To do it without being asked, add --yes.')
    expect(await nameOf('acme')).toBe('Acme AG')

    const { code, out } = await castellan.run('log', 'undo', entry, '--yes')
    expect({ code, out }).toEqual({ code: 0, out: `Undid entry ${entry}: Client changed: Acme GmbH.\n` })
    expect(await nameOf('acme')).toBe('Acme GmbH')
    const undone = await newest()
    expect(undone).toMatchObject({ action: 'client.changed', whyNot: null })

    const again = await castellan.run('log', 'undo', entry, '--yes')
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.err).toContain(`Entry ${String(undone['entry'])} undid, changed or ended it.`)
  })

  it('is refused for an entry of another client than the one named, and for what is not an entry', async () => {
    await castellan.run('client', 'archive', 'globex', '--yes')
    const entry = String((await newest())['entry'])
    const other = await castellan.run('log', 'undo', entry, '--yes', '--client', 'acme')
    expect(other).toMatchObject({ code: 1, out: '' })
    expect(other.err).toContain(`Entry ${entry} belongs to another client.`)
    expect((await castellan.run('log', 'undo', entry, '--yes', '--client', 'globex')).code).toBe(0)
    expect((await castellan.run('log', 'undo', '99999', '--yes')).err).toContain('is not in the register')
    expect(await castellan.run('log', 'undo', 'x', '--yes')).toMatchObject({ code: 2 })
  })
})
