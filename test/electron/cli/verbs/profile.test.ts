import { copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { getSampleProfile } from '../../../../electron/service/profile/paths.ts'
import { takeWriterLock } from '../../../../electron/service/profile/writer-lock.ts'
import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'
import { readContents } from '../contents.ts'

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'castellan-files-'))
}

describe('beside an open window', () => {
  it('reading verbs work, writing verbs report which process has the profile', async () => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    const lock = takeWriterLock(castellan.profile, 'window')
    try {
      for (const argv of [
        ['today'],
        ['person', 'list'],
        ['key', 'list'],
        ['due', '--json'],
        ['register'],
        ['integrity'],
        ['client', 'list'],
      ]) {
        expect(await castellan.run(...argv)).toMatchObject({ code: 0, err: '' })
      }
      for (const argv of [['client', 'add', 'X'], ['sync'], ['recovery', 'show', '--confirm', 'SHOW'], ['sample']]) {
        const ran = await castellan.run(...argv)
        expect(ran).toMatchObject({ code: 1, out: '' })
        expect(ran.err).toContain('window')
        expect(ran.err).toContain(String(process.pid))
      }
      const file = join(folder(), 'register.md')
      const written = await castellan.run('register', '--out', file)
      expect(written.code).toBe(0)
      expect(written.err).toContain('audit log')
      expect(existsSync(file)).toBe(true)
    } finally {
      lock.release()
    }
  })
})

describe('sample', () => {
  it('fills an empty profile once, and no other', async () => {
    const castellan = newCastellan()
    const filled = await castellan.run('sample', '--json')
    expect(filled.json<object>()).toEqual({ profile: castellan.profile, clients: 5, connections: 11 })
    const before = readContents(castellan.profile)
    const again = await castellan.run('sample')
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(again.err).toContain('--profile DIR')
    expect(readContents(castellan.profile)).toEqual(before)
  })
})

describe('today --sample-when-empty', () => {
  it('shows the sample from a separate profile and does not change the empty one', async () => {
    const castellan = newCastellan()
    const sample = getSampleProfile(castellan.profile)
    for (const round of [1, 2]) {
      const ran = await castellan.run('today', '--sample-when-empty')
      expect(ran, `round ${round}`).toMatchObject({ code: 0, err: '' })
      expect(ran.out).toMatch(/^SAMPLE: /u)
    }
    expect(Object.keys(readContents(castellan.profile)).every((file) => file.startsWith(sample))).toBe(true)
  })

  it('shows the register as soon as there is something in it', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const ran = await castellan.run('today', '--sample-when-empty')
    expect(ran.out).not.toContain('SAMPLE')
    expect(ran.out).toContain('Acme Corp')
    expect(existsSync(getSampleProfile(castellan.profile))).toBe(false)
  })
})

describe('recovery and integrity', () => {
  it('shows the code that opens a copy of the register where its key is not', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const shown = await castellan.run('recovery', 'show', '--confirm', 'SHOW')
    expect(shown.code).toBe(0)
    expect(shown.out).toMatch(/^C1[0-9A-Z]{3}(?:-[0-9A-Z]{5}){11}\n$/u)
    expect(shown.err).toContain(join(castellan.profile, 'register.db'))

    const copy = newCastellan()
    mkdirSync(copy.profile)
    copyFileSync(join(castellan.profile, 'register.db'), join(copy.profile, 'register.db'))
    for (const argv of [['client', 'list'], ['today', '--sample-when-empty'], ['sample'], ['client', 'add', 'X']]) {
      const locked = await copy.run(...argv)
      expect(locked).toMatchObject({ code: 1, out: '' })
      expect(locked.err).toMatch(/recovery code|holds a register already/u)
    }
    const other = 'C1' + shown.out.slice(2).replaceAll(/[A-Z]/gu, 'Z')
    const wrong = await copy.runWith({ stdin: other }, 'recovery', 'unlock')
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).not.toContain(other.trim())
    const unlocked = await copy.runWith({ stdin: shown.out.toLowerCase() }, 'recovery', 'unlock')
    expect(unlocked).toMatchObject({ code: 0, err: '' })
    expect((await copy.run('client', 'list', '--json')).json()).toMatchObject([{ slug: 'acme-corp' }])
  })

  it('reports a sound register as sound', async () => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    expect(await castellan.run('integrity')).toMatchObject({ code: 0, err: '' })
    const result = (await castellan.run('integrity', '--json')).json<Readonly<Record<string, unknown>>>()
    expect(result).toMatchObject({ ok: true, problems: [], journalRows: 23 })
  })

  it('shows the notices of the profile with it, as Today does', async () => {
    const castellan = newCastellan()
    await putSample(castellan.profile)
    expect((await castellan.run('integrity')).out).toMatch(/^! The register key is kept in a file\. .*register\.key/mu)
    expect((await castellan.run('integrity')).out).toMatch(/^! Not compared with a keychain/mu)
    const { out } = await castellan.run('today')
    expect(out).toMatch(/About this profile: .*The register key is kept in a file\. More: castellan integrity\.\n$/u)
  })
})
