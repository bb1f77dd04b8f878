import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { newSaveTargets } from '../../../../electron/service/core/save-targets.ts'
import { fileTarget } from '../../../../electron/service/files-out/target.ts'
import { stageFile } from '../../../../electron/service/files-out/write-file.ts'
import type { Session } from '../../../../electron/service/core/session.ts'
import { asOrdinaryUser } from '../../../temporary/ordinary-user.ts'
import { recordingHost } from '../services.ts'

/** What a terminal asks for. */
function targetAt(path: string, { force = false, profile = '/nowhere' } = {}) {
  const context = {
    host: recordingHost(),
    session: () => ({ profile, sample: false }) as Session,
    targets: newSaveTargets(),
  }
  return fileTarget(context, { path, force })
}

function folder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'castellan-write-')))
}

describe('a file that is written', () => {
  test('exists only when it is placed, with the reported hash and size', () => {
    const path = join(folder(), 'register.md')
    const staged = stageFile(targetAt(path), ['one ', new TextEncoder().encode('two '), 'drei € '])
    expect(existsSync(path)).toBe(false)
    staged.place()
    const content = readFileSync(path)
    expect(content.toString()).toBe('one two drei € ')
    expect(staged.bytes).toBe(content.length)
    expect(staged.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    expect(readdirSync(join(path, '..'))).toEqual(['register.md'])
  })

  test('leaves the earlier file when it cannot be finished', () => {
    const path = join(folder(), 'register.md')
    writeFileSync(path, 'before')
    function* broken(): Generator<string> {
      yield 'x'.repeat(1 << 20)
      throw new Error('the register was closed')
    }
    expect(() => stageFile(targetAt(path, { force: true }), broken())).toThrow('the register was closed')
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(join(path, '..'))).toEqual(['register.md'])
    stageFile(targetAt(path, { force: true }), ['after']).discard()
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(join(path, '..'))).toEqual(['register.md'])
  })

  test('is this user’s alone, whatever the umask of the process', () => {
    const before = process.umask(0)
    try {
      const path = join(folder(), 'register.md')
      stageFile(targetAt(path), ['new']).place()
      expect(statSync(path).mode & 0o777).toBe(0o600)
    } finally {
      process.umask(before)
    }
  })

  test('replaces nothing that took its name while it was written', () => {
    const path = join(folder(), 'register.md')
    const staged = stageFile(targetAt(path), ['ours'])
    writeFileSync(path, 'theirs')
    expect(() => staged.place()).toThrow('another file took its name meanwhile')
    expect(readFileSync(path, 'utf8')).toBe('theirs')
    expect(readdirSync(join(path, '..'))).toEqual(['register.md'])
  })

  test('keeps the permissions of the file that it replaces, and goes through a link', () => {
    const at = folder()
    const path = join(at, 'register.md')
    writeFileSync(path, 'before')
    chmodSync(path, 0o640)
    symlinkSync('register.md', join(at, 'link.md'))
    const staged = stageFile(targetAt(join(at, 'link.md'), { force: true }), ['after'])
    staged.place()
    expect(staged.path).toBe(path)
    expect(readFileSync(path, 'utf8')).toBe('after')
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('can be large without being held in memory', () => {
    const path = join(folder(), 'register.md')
    const piece = 'line\n'.repeat(1000)
    let pieces = 0
    function* many(): Generator<string> {
      for (; pieces < 2000; pieces += 1) yield piece
    }
    const staged = stageFile(targetAt(path), many())
    staged.place()
    expect(statSync(path).size).toBe(piece.length * 2000)
  })

  test('is refused where it cannot be written, with the path and what to do', () => {
    const at = folder()
    mkdirSync(join(at, 'inner'))
    const own = join(at, 'file')
    writeFileSync(own, 'file')
    const refusal = (path: string): unknown => {
      try {
        stageFile(targetAt(path, { force: true }), ['x'])
      } catch (error) {
        return error
      }
      return null
    }
    expect(refusal(join(at, 'inner'))).toMatchObject({ code: 'INVALID', message: `${join(at, 'inner')} is a folder.` })
    expect(refusal(join(own, 'a.md'))).toMatchObject({
      code: 'INVALID',
      message: `${join(own, 'a.md')} cannot be written: a part of the path is a file, not a folder.`,
      hint: 'Choose a path through folders only.',
    })
    expect(refusal(join(own, 'none', 'a.md'))).toMatchObject({ code: 'INVALID' })
    expect(refusal(join(at, `${'n'.repeat(300)}.md`))).toMatchObject({ code: 'INVALID' })
    symlinkSync('nowhere', join(at, 'dangling.md'))
    expect(refusal(join(at, 'dangling.md'))).toMatchObject({
      message: `${join(at, 'dangling.md')} is a link that leads nowhere.`,
    })
    expect(readFileSync(own, 'utf8')).toBe('file')
    expect(readdirSync(at).sort()).toEqual(['dangling.md', 'file', 'inner'])
  })

  test('is refused in a folder without permission', () =>
    asOrdinaryUser(() => {
      const at = folder()
      chmodSync(at, 0o500)
      expect(() => stageFile(targetAt(join(at, 'a.md')), ['x'])).toThrow('no permission')
      chmodSync(at, 0o700)
    }))

  test('is refused on a full disk, and leaves nothing', { skip: !existsSync('/dev/full') }, () => {
    expect(() => targetAt('/dev/full')).toThrow('/dev/full is not a file.')
  })
})
