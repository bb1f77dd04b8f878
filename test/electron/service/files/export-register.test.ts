import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { type Context, getReader, makeMoment, makeRegister } from '../../../../electron/service/core/context.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService } from '../../../../electron/service/process/open.ts'
import { writeRegisterAside } from '../../../../electron/service/files/export-aside.ts'
import { exportRegister, renderRegister, streamRegister } from '../../../../electron/service/files/export-register.ts'
import { stageWritten, writeRegister } from '../../../../electron/service/files/write-register.ts'
import { fileTarget } from '../../../../electron/service/files-out/target.ts'
import { eachInOneState, inOneState, inOneStateAsync } from '../../../../electron/register/read/report.ts'
import { openRegister } from '../../../../electron/register/open.ts'
import { grant, key, newConnection, newRegister, project, getReading, user, KEY } from '../../register/registers.ts'
import { newProfile, newService, recordingHost } from '../services.ts'

/** A service whose register holds two organizations of Acme and one of Beta. */
async function filled(): Promise<{ readonly context: Context; readonly acme: number; readonly beta: number }> {
  const { context } = await newService({ now: () => Date.UTC(2026, 10, 2, 12) })
  const register = makeRegister(context)
  const acme = newConnection(register, 'acme', 'openai')
  const second = newConnection(register, 'acme', 'anthropic')
  const beta = newConnection(register, 'beta', 'openai')
  const bot = { externalId: 'svc_bot', kind: 'service-account' as const, name: 'prod-bot', email: null }
  register.transact((writer) => {
    applyReading(
      writer,
      getReading(acme, [
        { source: 'organization', facts: [{ type: 'organization', externalId: 'org-acme', name: 'Acme' }] },
        {
          source: 'projects',
          facts: [
            project('proj_b', { name: 'Bravo' }),
            project('proj_a', { name: 'Alpha' }),
            project('proj_old', { name: 'Old', status: 'archived' }),
          ],
        },
        {
          source: 'users',
          facts: [
            user('zoe', { name: 'Zoe', email: null }),
            user('otto', { name: 'Otto', email: null, roleRaw: 'owner', level: 'owner' }),
            user('ann', { name: 'Ann', email: 'ann@acme.example' }),
            user('grp', { kind: 'group', name: 'Group', email: null, roleRaw: null, level: null }),
            user('inv', { kind: 'invite', name: null, email: 'new@acme.example', status: 'pending' }),
            user('inv2', { kind: 'invite', name: null, email: 'late@acme.example', status: 'expired' }),
            user('inv3', { kind: 'invite', name: null, email: 'ANN@acme.example', status: 'pending' }),
            user('svc_bot', { kind: 'service-account', name: 'prod-bot', email: null, roleRaw: null, level: null }),
            user('svc_idle', { kind: 'service-account', name: 'idle', email: null, roleRaw: null, level: null }),
          ],
        },
        { source: 'group-users', facts: [{ type: 'membership', group: 'grp', member: 'zoe' }] },
        {
          source: 'project-users',
          facts: [
            grant('otto', null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' }),
            grant('zoe', null, { roleRaw: 'reader', level: 'reader' }),
            grant('zoe', 'proj_old'),
            grant('zoe', 'proj_b'),
            grant('grp', 'proj_a'),
          ],
        },
        {
          source: 'project-keys',
          facts: [
            key('key_1', { name: 'x', ownerState: 'known', owner: bot }),
            key('key_2', {
              name: 'web',
              ownerState: 'known',
              owner: { externalId: 'ann', kind: 'user', name: 'Ann', email: null },
            }),
            key('key_3', { name: 'root', kind: 'admin', project: null }),
            key('key_4', { name: 'gone', status: 'archived' }),
          ],
        },
      ]),
    )
    applyReading(
      writer,
      getReading(second, [
        { source: 'users', facts: [user('una', { name: 'Una', roleRaw: 'claude_code_user', level: 'member' })] },
      ]),
    )
    applyReading(writer, getReading(beta, [{ source: 'users', facts: [user('bea', { name: 'Bea' })] }]))
    writer.run("UPDATE principal SET last_reviewed_on = '2026-10-01' WHERE external_id = 'otto'")
  })
  return { context, acme, beta }
}

function target(name: string): string {
  return join(mkdtempSync(join(tmpdir(), 'castellan-export-')), name)
}

describe('the register of a client', () => {
  test('lists who has which role and key, by any path', async () => {
    const { context } = await filled()
    const { text, rows } = await renderRegister(context, { client: 'acme', format: 'md' })
    expect(text.slice(0, text.indexOf('### Population'))).toBe(String.raw`## AI Platform Access Register: acme

### Anthropic

| Person | Role | Projects | Last Review |
|--------|------|----------|-------------|
| Una <una@acme.example> | Claude code user | - | - |

### Service Accounts

| Account | Purpose | Key ID | Rotation Due |
|---------|---------|--------|--------------|

### OpenAI (org-acme)

| Person | Role | Projects | Last Review |
|--------|------|----------|-------------|
| Otto | Owner | All | 2026-10-01 |
| Ann <ann@acme.example> | Reader | - | - |
| new@acme.example | Reader (invited) | - | - |
| Zoe | Reader | Alpha (member by group Group), Bravo (member) | - |

### Service Accounts of OpenAI (org-acme)

| Account | Purpose | Key ID | Rotation Due |
|---------|---------|--------|--------------|
| prod-bot | - | key_1 | 2026-06-30 |
| idle | - | - | - |
| root | Admin key | key_3 | 2026-04-01 |
| web | Personal key of Ann | key_2 | 2026-06-30 |

`)
    expect(rows).toBe(9)
  })

  test('is limited to a connection, and extended to all clients', async () => {
    const { context, beta } = await filled()
    const one = await renderRegister(context, { connection: beta, format: 'md' })
    expect(one.text).toContain('Scope: client beta (beta), connection beta openai only.')
    expect(one.rows).toBe(1)
    const all = await renderRegister(context, { format: 'md' })
    expect(all.text.match(/^## .*$/gmu)).toEqual([
      '## AI Platform Access Register: acme',
      '## AI Platform Access Register: beta',
    ])
    expect(all.rows).toBe(10)
  })

  test('is printed to so many lines as its whole text begins with, from the first organizations only', async () => {
    const { context } = await filled()
    for (const format of ['md', 'csv', 'json'] as const) {
      const { text, rows } = await renderRegister(context, { format })
      const lines = text.split(/(?<=\n)/u)
      for (const first of [1, 2, 7, lines.length - 1, lines.length, lines.length + 1]) {
        const printed = await renderRegister(context, { format, first })
        expect(printed.text, `${format}, ${first}`).toBe(lines.slice(0, first).join(''))
      }
      // Nothing of the second client is read for the first line of what the first client has.
      expect((await renderRegister(context, { format, first: 3 })).rows).toBeLessThan(rows)
    }
  })

  test('is refused for what does not exist', async () => {
    const { context, beta } = await filled()
    await expect(renderRegister(context, { client: 'nobody', format: 'md' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(renderRegister(context, { client: 'acme', connection: beta, format: 'md' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: `A connection ${beta} of the client "acme" is not in the register.`,
    })
  })

  test('leaves out clients that are archived, unless they are requested, and connections that were removed', async () => {
    const { context, acme } = await filled()
    makeRegister(context).transact((writer) => {
      writer.run("UPDATE client SET archived_at = 1 WHERE slug = 'beta'")
      writer.run('UPDATE connection SET removed_at = 1 WHERE id = ?', [acme])
    })
    const all = await renderRegister(context, { format: 'md' })
    expect(all.text).not.toContain('Bea')
    expect(all.text).not.toContain('Otto')
    expect((await renderRegister(context, { client: 'beta', format: 'md' })).text).toContain('Bea')
  })
})

describe('the file of a register', () => {
  test.each(['md', 'csv', 'json', 'xlsx'] as const)(
    'in %s has the reported rows, size and hash, and is in the journal',
    async (format) => {
      const { context } = await filled()
      const path = target(`register.${format}`)
      const written = await exportRegister(context, { client: 'acme', format, path })
      const content = readFileSync(path)
      expect(written).toEqual({
        path,
        rows: format === 'md' ? 9 : 18,
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      })
      expect(readdirSync(join(path, '..'))).toEqual([`register.${format}`])
      const row = getReader(context).get<{ action: string; client: string; body: string }>(
        'SELECT action, client, body FROM journal ORDER BY seq DESC LIMIT 1',
      )
      expect(row).toMatchObject({ action: 'register.exported', client: 'acme' })
      expect(JSON.parse(row?.body ?? '')).toEqual({ ...written, format, connection: null })
    },
  )

  test.each(['md', 'csv', 'json'] as const)('in %s is the same as the rendered text', async (format) => {
    const { context } = await filled()
    const path = target(`register.${format}`)
    await exportRegister(context, { client: 'acme', format, path })
    const { text } = await renderRegister(context, { client: 'acme', format })
    expect(readFileSync(path, 'utf8')).toBe(text)
    expect([...(await streamRegister(context, { client: 'acme', format }))].join('')).toBe(text)
  })

  test('is refused as a whole when the path cannot be written, without a row in the journal', async () => {
    const { context } = await filled()
    const rows = getReader(context).value<number>('SELECT count(*) FROM journal')
    const path = join(target('file'), 'register.md')
    writeFileSync(dirname(path), '')
    await expect(exportRegister(context, { format: 'md', path })).rejects.toMatchObject({
      code: 'INVALID',
      about: 'path',
    })
    await expect(exportRegister(context, { format: 'md', path: makeRegister(context).path })).rejects.toMatchObject({
      message: expect.stringContaining('inside the profile') as string,
    })
    expect(getReader(context).value<number>('SELECT count(*) FROM journal')).toBe(rows)
  })

  test('is written beside an open window too, without a row in its journal', async () => {
    const open = { profile: newProfile(), host: recordingHost(), secrets: memoryStore('No keychain in this test.') }
    const window = await openService({ ...open, mode: 'write' })
    const terminal = await openService({ ...open, mode: 'read' })
    try {
      newConnection(makeRegister(window.context), 'acme')
      const path = target('register.md')
      await exportRegister(terminal.context, { format: 'md', path })
      expect(readFileSync(path, 'utf8')).toContain('Scope: client acme (acme)')
      expect(getReader(window.context).value<number>('SELECT count(*) FROM journal')).toBe(0)
    } finally {
      await terminal.close()
      await window.close()
    }
  })
})

describe('a register that is written in a thread', () => {
  test('has the same bytes and rows in every format', async () => {
    const { context } = await filled()
    const folder = dirname(target('register'))
    const asked = { client: 'acme' }
    const place = (name: string) => fileTarget(context, { path: join(folder, name) })
    const formats = ['md', 'csv', 'json', 'xlsx'] as const
    const inThreads = await Promise.all(
      formats.map((format) => writeRegisterAside(context, asked, format, place(`aside.${format}`))),
    )
    for (const [at, format] of formats.entries()) {
      const aside = inThreads[at]
      const here = await stageWritten(place(`here.${format}`), (draft) =>
        writeRegister(getReader(context), asked, format, makeMoment(context), draft),
      )
      expect({ ...aside, staged: aside?.staged.sha256 }).toEqual({ ...here, staged: here.staged.sha256 })
    }
  })

  test.each(['xlsx', 'csv'] as const)(
    'is not written as %s when the register is closed meanwhile, and nothing is left of it',
    async (format) => {
      const { context } = await filled()
      const path = target(`register.${format}`)
      const [written] = await Promise.allSettled([
        writeRegisterAside(context, {}, format, fileTarget(context, { path })),
        makeRegister(context).stopCopies(),
      ])
      expect(written).toMatchObject({
        status: 'rejected',
        reason: { code: 'CONFLICT', message: 'The export was interrupted, since the register was closed.' },
      })
      expect(readdirSync(dirname(path))).toEqual([])
    },
  )
})

describe('a state of the register', () => {
  test('is one, whatever another process writes meanwhile', () => {
    const register = newRegister()
    newConnection(register, 'acme')
    const other = openRegister({ path: register.path, key: KEY, now: Date.now })
    const count = (): number | undefined => register.reader.value<number>('SELECT count(*) FROM connection')
    try {
      inOneState(register.reader, () => {
        newConnection(other, 'beta')
        expect(count()).toBe(1)
      })
      expect(count()).toBe(2)
      newConnection(register, 'gamma')
      expect(count()).toBe(3)
    } finally {
      other.close()
    }
  })

  test('is one for all that is passed on, until its reader stops', () => {
    const register = newRegister()
    newConnection(register, 'acme')
    const other = openRegister({ path: register.path, key: KEY, now: Date.now })
    const count = (): number | undefined => register.reader.value<number>('SELECT count(*) FROM connection')
    const counts = eachInOneState(register.reader, function* () {
      for (;;) yield count()
    })
    try {
      expect(counts.next().value).toBe(1)
      newConnection(other, 'beta')
      expect(counts.next().value).toBe(1)
      counts.return?.(undefined)
      expect(count()).toBe(2)
    } finally {
      other.close()
    }
  })

  test('is one for work that waits, too', async () => {
    const register = newRegister()
    newConnection(register, 'acme')
    const other = openRegister({ path: register.path, key: KEY, now: Date.now })
    const count = (): number | undefined => register.reader.value<number>('SELECT count(*) FROM connection')
    try {
      await inOneStateAsync(register.reader, async () => {
        newConnection(other, 'beta')
        await new Promise(setImmediate)
        expect(count()).toBe(1)
      })
      expect(count()).toBe(2)
    } finally {
      other.close()
    }
  })
})
