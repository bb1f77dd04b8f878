import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Sqlite from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'

import { SLOW_QUERY_MS, type SlowQuery } from '../../../electron/register/db/handles.ts'
import { RegisterRefused } from '../../../electron/register/db/migrate.ts'
import { openRegisterToRead, type OpenRegisterOptions, type Register } from '../../../electron/register/register.ts'
import { openRegister } from '../../../electron/register/open.ts'
import { KEY } from './registers.ts'

const OTHER_KEY = new Uint8Array(32).fill(8)

const opened: Register[] = []
afterEach(() => {
  for (const register of opened.splice(0)) register.close()
})

function keep(register: Register): Register {
  opened.push(register)
  return register
}

function place(name = 'register.db'): string {
  return join(mkdtempSync(join(tmpdir(), 'castellan-open-')), name)
}

const options = (path: string, over: Partial<OpenRegisterOptions> = {}): OpenRegisterOptions => ({
  path,
  key: KEY,
  now: () => 1,
  ...over,
})

/** A closed register with a unique word. */
function written(path = place()): string {
  const register = openRegister(options(path))
  register.transact((writer) => writer.run("INSERT INTO meta (key, value) VALUES ('word', 'Quillmarsh-Aurelio')"))
  register.close()
  return path
}

const readWord = (register: Register): unknown => register.reader.value("SELECT value FROM meta WHERE key = 'word'")

function getRefusal(work: () => Register): RegisterRefused {
  try {
    keep(work())
  } catch (error) {
    if (error instanceof RegisterRefused) return error
    throw error
  }
  throw new Error('It was not refused.')
}

const BOTH = [
  ['to write', openRegister],
  ['to read', openRegisterToRead],
] as const

describe('a register', () => {
  it('is opened again with its key, and is unreadable without it', () => {
    const path = written()
    expect(readWord(keep(openRegister(options(path))))).toBe('Quillmarsh-Aurelio')
    keep(openRegisterToRead(options(path)))
    for (const name of readdirSync(join(path, '..'))) {
      const bytes = readFileSync(join(path, '..', name))
      expect(bytes.includes('SQLite format 3')).toBe(false)
      expect(bytes.includes('Quillmarsh')).toBe(false)
      expect(bytes.includes('CREATE TABLE')).toBe(false)
    }
  })

  it('restricts its folder to its owner', () => {
    const path = written(join(place('profile'), 'register.db'))
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700)
  })

  it.each(BOTH)('opened %s with another key is refused and unchanged', (_, open) => {
    const path = written()
    const before = readFileSync(path)
    const refused = getRefusal(() => open(options(path, { key: OTHER_KEY })))
    expect(refused.message).toContain(path)
    expect(refused.hint).toContain('recovery code')
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readWord(keep(openRegister(options(path))))).toBe('Quillmarsh-Aurelio')
  })

  it.each(BOTH)('that is a plain SQLite file is refused when opened %s', (_, open) => {
    const path = place()
    const plain = new Sqlite(path)
    plain.exec('CREATE TABLE meta (key TEXT, value TEXT)')
    plain.close()
    const before = readFileSync(path)
    expect(getRefusal(() => open(options(path))).message).toContain('is not a register')
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it.each([1, 100, 4095])('truncated to %i bytes is refused and not overwritten', (bytes) => {
    const path = written()
    truncateSync(path, bytes)
    for (const [, open] of BOTH) expect(getRefusal(() => open(options(path))).message).toContain(path)
    expect(statSync(path).size).toBe(bytes)
  })

  it.each(BOTH)('with a missing end is refused as damaged when opened %s', (_, open) => {
    const path = written()
    const rest = statSync(path).size - 8 * 4096
    truncateSync(path, rest)
    expect(getRefusal(() => open(options(path)))).toMatchObject({
      message: `The register in ${path} is damaged.`,
      hint: expect.stringContaining('backup') as string,
    })
    expect(statSync(path).size).toBe(rest)
  })

  it('that does not exist cannot be read, and is not created by the attempt', () => {
    const path = place()
    const refused = getRefusal(() => openRegisterToRead(options(path)))
    expect(refused.message).toContain(path)
    expect(existsSync(path)).toBe(false)
  })

  it.each(BOTH)('whose path is a folder is refused when opened %s', (_, open) => {
    const path = place()
    mkdirSync(path)
    const refused = getRefusal(() => open(options(path)))
    expect(refused.message).toContain(path)
    expect(refused.hint).not.toContain('recovery code')
  })

  it('requires a key of 32 bytes', () => {
    expect(() => openRegister(options(place(), { key: new Uint8Array(16) }))).toThrow(RangeError)
  })

  it('in memory works without a file', () => {
    const register = keep(openRegister(options(':memory:')))
    register.transact((writer) => writer.run("INSERT INTO meta (key, value) VALUES ('word', 'here')"))
    expect(readWord(register)).toBe('here')
    expect(register.check()).toEqual([])
  })
})

describe('reading beside a writer', () => {
  it('sees only what was committed, and the revision changes with it', () => {
    const path = written()
    const writer = keep(openRegister(options(path)))
    const reader = keep(openRegisterToRead(options(path)))
    const before = reader.revision()
    writer.transact((w) => {
      w.run("UPDATE meta SET value = 'second' WHERE key = 'word'")
      expect(readWord(reader)).toBe('Quillmarsh-Aurelio')
      expect(reader.revision()).toBe(before)
    })
    expect(readWord(reader)).toBe('second')
    expect(reader.revision()).toBe(writer.revision())
    expect(reader.revision()).toBeGreaterThan(before)
  })

  it('keeps nothing of a failed transaction', () => {
    const register = keep(openRegister(options(written())))
    const before = register.revision()
    expect(() =>
      register.transact((w) => {
        w.run("UPDATE meta SET value = 'third' WHERE key = 'word'")
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(readWord(register)).toBe('Quillmarsh-Aurelio')
    expect(register.revision()).toBe(before)
  })

  it('cannot write, by any method', () => {
    const path = written()
    const reading = keep(openRegisterToRead(options(path)))
    const writing = keep(openRegister(options(path)))
    expect(() => reading.transact((w) => w.run('DELETE FROM meta'))).toThrow(RegisterRefused)
    for (const { reader } of [reading, writing]) {
      expect(Object.keys(reader).toSorted()).toEqual(['all', 'column', 'get', 'iterate', 'value'])
      const attempts = [
        () => reader.all("DELETE FROM meta WHERE key = 'word' RETURNING value"),
        () => reader.get("UPDATE meta SET value = 'x' WHERE key = 'word' RETURNING value"),
        () => reader.value("INSERT INTO meta (key, value) VALUES ('a', 'b') RETURNING value"),
        () => reader.column("DELETE FROM meta WHERE key = 'word' RETURNING value"),
        () => [...reader.iterate("DELETE FROM meta WHERE key = 'word' RETURNING value")],
      ]
      for (const attempt of attempts) expect(attempt).toThrow(/cannot write|readonly/u)
    }
    expect(readWord(writing)).toBe('Quillmarsh-Aurelio')
  })

  it('works from another process while this one writes', () => {
    const path = written()
    const writer = keep(openRegister(options(path)))
    writer.transact((w) => w.run("UPDATE meta SET value = 'from here' WHERE key = 'word'"))
    const code = `
      import { openRegisterToRead } from '${import.meta.dirname}/../../../electron/register/register.ts'
      const register = openRegisterToRead({ path: ${JSON.stringify(path)}, key: new Uint8Array(32).fill(7), now: () => 1 })
      console.log(register.reader.value("SELECT value FROM meta WHERE key = 'word'"))
      register.close()`
    const done = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', code], { encoding: 'utf8' })
    expect(done.stdout).toBe('from here\n')
  })
})

describe('checking a register', () => {
  it('finds a page that was changed on the disk', () => {
    const path = written()
    const register = openRegister(options(path))
    // Long enough that the last page of the file is one of it, which nothing but the check reads.
    register.transact((writer) => writer.run("INSERT INTO meta (key, value) VALUES ('long', ?)", ['x'.repeat(100_000)]))
    register.close()
    const bytes = readFileSync(path)
    bytes[bytes.length - 2048] = (bytes[bytes.length - 2048] ?? 0) ^ 0xff
    writeFileSync(path, bytes)
    expect(
      keep(openRegisterToRead(options(path)))
        .check()
        .join(' '),
    ).toMatch(/malformed|cannot be read|corrupt|unable to get the page/iu)
  })

  it('finds a row with a broken reference', () => {
    const path = written()
    const db = new Sqlite(path)
    db.pragma("cipher = 'sqlcipher'")
    db.pragma(`key = "x'${Buffer.from(KEY).toString('hex')}'"`)
    db.pragma('foreign_keys = OFF')
    db.exec("INSERT INTO person_address (address, person_id) VALUES ('a@b', 99)")
    db.close()
    expect(
      keep(openRegister(options(path)))
        .check()
        .join(' '),
    ).toContain('person_address')
  })
})

describe('slow queries', () => {
  it('are reported with their text and duration, and quick ones are not', () => {
    const slow: SlowQuery[] = []
    let ms = 0
    // Each query reads the clock twice: the second reading is `took` later, however fast the machine is.
    let took = 0
    const clock = (): number => (ms += took)
    const register = keep(openRegister(options(':memory:', { onSlow: (query) => slow.push(query), clock })))
    const taking = <T>(duration: number, work: () => T): T => {
      took = duration
      return work()
    }
    taking(SLOW_QUERY_MS, () => register.reader.value('SELECT 1'))
    expect(slow).toEqual([])
    for (const method of ['all', 'get', 'value', 'column'] as const) {
      taking(SLOW_QUERY_MS + 1, () => register.reader[method](`SELECT '${method}'`))
    }
    taking(SLOW_QUERY_MS + 1, () => register.transact((writer) => writer.run('DELETE FROM person')))
    expect(slow.map(({ sql }) => sql).slice(0, 5)).toEqual([
      "SELECT 'all'",
      "SELECT 'get'",
      "SELECT 'value'",
      "SELECT 'column'",
      'DELETE FROM person',
    ])
    expect(new Set(slow.map((query) => query.ms))).toEqual(new Set([SLOW_QUERY_MS + 1]))
  })
})
