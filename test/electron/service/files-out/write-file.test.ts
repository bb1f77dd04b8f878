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

import { stageFile } from '../../../../electron/service/files-out/write-file.ts'
import { asOrdinaryUser } from '../../../temporary/ordinary-user.ts'

const register = ':memory:'

function folder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'castellan-write-')))
}

describe('a file that is written', () => {
  test('is there only when it is placed, with the hash and the size that were told', () => {
    const path = join(folder(), 'register.md')
    const staged = stageFile({ path, register, pieces: ['one ', new TextEncoder().encode('two '), 'drei € '] })
    expect(existsSync(path)).toBe(false)
    staged.place()
    const content = readFileSync(path)
    expect(content.toString()).toBe('one two drei € ')
    expect(staged.bytes).toBe(content.length)
    expect(staged.sha256).toBe(createHash('sha256').update(content).digest('hex'))
    expect(readdirSync(join(path, '..'))).toEqual(['register.md'])
  })

  test('leaves what was there when it cannot be finished', () => {
    const path = join(folder(), 'register.md')
    writeFileSync(path, 'before')
    function* broken(): Generator<string> {
      yield 'x'.repeat(1 << 20)
      throw new Error('the register was closed')
    }
    expect(() => stageFile({ path, register, pieces: broken() })).toThrow('the register was closed')
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(join(path, '..'))).toEqual(['register.md'])
    stageFile({ path, register, pieces: ['after'] }).discard()
    expect(readFileSync(path, 'utf8')).toBe('before')
    expect(readdirSync(join(path, '..'))).toEqual(['register.md'])
  })

  test('keeps the permissions of the file that it replaces, and goes through a link', () => {
    const at = folder()
    const path = join(at, 'register.md')
    writeFileSync(path, 'before')
    chmodSync(path, 0o640)
    symlinkSync('register.md', join(at, 'link.md'))
    const staged = stageFile({ path: join(at, 'link.md'), register, pieces: ['after'] })
    staged.place()
    expect(staged.path).toBe(path)
    expect(readFileSync(path, 'utf8')).toBe('after')
    expect(statSync(path).mode & 0o777).toBe(0o640)
  })

  test('is large without being held at once', () => {
    const path = join(folder(), 'register.md')
    const piece = 'line\n'.repeat(1000)
    let pieces = 0
    function* many(): Generator<string> {
      for (; pieces < 2000; pieces += 1) yield piece
    }
    const staged = stageFile({ path, register, pieces: many() })
    staged.place()
    expect(statSync(path).size).toBe(piece.length * 2000)
  })

  test('is refused where it cannot be, with the path and the remedy', () => {
    const at = folder()
    mkdirSync(join(at, 'inner'))
    const own = join(at, 'register.db')
    writeFileSync(own, 'register')
    const refusal = (path: string): unknown => {
      try {
        stageFile({ path, register: own, pieces: ['x'] })
      } catch (error) {
        return error
      }
      return null
    }
    expect(refusal(join(at, 'inner'))).toMatchObject({ code: 'INVALID', message: `${join(at, 'inner')} is a folder.` })
    expect(refusal(join(at, 'none', 'a.md'))).toMatchObject({
      code: 'INVALID',
      message: `${join(at, 'none', 'a.md')} cannot be written: its folder does not exist.`,
      hint: 'Make the folder, or choose another one.',
    })
    expect(refusal(join(own, 'a.md'))).toMatchObject({ code: 'INVALID' })
    expect(refusal(join(at, `${'n'.repeat(300)}.md`))).toMatchObject({ code: 'INVALID' })
    for (const name of ['register.db', 'register.db-wal', 'register.db-shm']) {
      expect(refusal(join(at, name))).toMatchObject({
        code: 'INVALID',
        message: `${join(at, name)} is the register itself.`,
      })
    }
    expect(readFileSync(own, 'utf8')).toBe('register')
    expect(readdirSync(at).sort()).toEqual(['inner', 'register.db'])
  })

  test('is refused in a folder without permission', () =>
    asOrdinaryUser(() => {
      const at = folder()
      chmodSync(at, 0o500)
      expect(() => stageFile({ path: join(at, 'a.md'), register, pieces: ['x'] })).toThrow('no permission')
      chmodSync(at, 0o700)
    }))

  test('is refused on a full disk, and leaves nothing', { skip: !existsSync('/dev/full') }, () => {
    expect(() => stageFile({ path: '/dev/full', register, pieces: ['x'] })).toThrow('/dev/full is not a file.')
  })
})
