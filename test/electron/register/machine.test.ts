import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'

import { migrate, RegisterRefused } from '../../../electron/register/db/migrate.ts'
import { type Register } from '../../../electron/register/register.ts'
import { openRegister } from '../../../electron/register/open.ts'
import { KEY } from './registers.ts'

const open = (path: string): Register => openRegister({ path, key: KEY, now: () => 1 })
const place = (): string => join(mkdtempSync(join(tmpdir(), 'castellan-machine-')), 'register.db')

function getRefusal(work: () => unknown): RegisterRefused {
  try {
    work()
  } catch (error) {
    if (error instanceof RegisterRefused) return error
    throw error
  }
  throw new Error('Nothing was refused.')
}

/** Fills the register row by row until it cannot be written any more. */
function fill(register: Register): number {
  for (let n = 0; ; n += 1) {
    register.transact((writer) =>
      writer.run('INSERT INTO meta (key, value) VALUES (?, hex(randomblob(20000)))', [`k${n}`]),
    )
  }
}

describe('a register whose disk is full', () => {
  it('is reported with what to do, and keeps what was written before', () => {
    const path = place()
    const register = open(path)
    const pages = register.reader.value<number>('PRAGMA page_count') ?? 0
    register.transact((writer) => writer.value(`PRAGMA max_page_count = ${pages + 40}`))
    const refused = getRefusal(() => fill(register))
    expect(refused.message).toBe(
      `The disk is full: the register in ${path} could not be written. The last step was not saved.`,
    )
    expect(refused.hint).toBe('Free space on the disk that holds it, then try again.')
    expect(register.reader.value('SELECT count(*) FROM meta')).toBeGreaterThan(1)
    expect(register.check()).toEqual([])
    register.close()
  })

  it('on a real small file system is reported the same way, and opens again', ({ skip }) => {
    const disk = mkdtempSync(join(tmpdir(), 'castellan-disk-'))
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'castellan-test', disk])
    if (mounted.status !== 0) skip('This user may not mount a small file system.')
    onTestFinished(() => void spawnSync('umount', ['-l', disk]))
    const path = join(disk, 'register.db')
    const register = open(path)
    expect(getRefusal(() => fill(register)).message).toMatch(
      /^The disk (?:is full: the register in|does not read or write)/u,
    )
    register.close()
    const again = open(path)
    expect(again.check()).toEqual([])
    again.close()
  })
})

describe('a register that is damaged', () => {
  it('is reported wherever the damage is read, with what to do', () => {
    const path = place()
    const first = open(path)
    for (let n = 0; n < 40; n += 1) {
      first.transact((writer) =>
        writer.run(
          "INSERT INTO client (slug, name, kind, colour, domains, notes, created_at) VALUES (?, 'A', 'client', 'teal', '[]', hex(randomblob(8000)), 0)",
          [`c${n}`],
        ),
      )
    }
    first.close()
    const { size } = statSync(path)
    const file = openSync(path, 'r+')
    // Only pages of these rows, so that the register still opens.
    for (let at = size - 60 * 4096; at < size - 40 * 4096; at += 4096) writeSync(file, 'damage', at + 100)
    closeSync(file)
    const register = open(path)
    const refused = getRefusal(() => register.reader.all('SELECT * FROM client'))
    expect(refused.message).toBe(`The register in ${path} is damaged.`)
    expect(refused.hint).toBe(
      'See what is damaged: castellan integrity. Restore a backup from the backups folder of the profile.',
    )
    expect(getRefusal(() => [...register.reader.iterate('SELECT * FROM client')]).message).toBe(refused.message)
    register.close()
  })
})

describe('a migration that fails', () => {
  it('is reported with its cause, or with the error of a wrong statement', () => {
    const db = new Sqlite(':memory:')
    const wrong = { version: 1, name: 'wrong', sql: 'CREATE TABLE a (' }
    expect(getRefusal(() => migrate(db, { now: 0, backup: () => '', known: [wrong] })).message).toBe(
      'Migration 1 (wrong) failed and was rolled back. incomplete input',
    )
    db.pragma('max_page_count = 2')
    const large = {
      version: 1,
      name: 'large',
      sql: 'CREATE TABLE a (x TEXT) STRICT; INSERT INTO a VALUES (hex(zeroblob(100000)));',
    }
    expect(getRefusal(() => migrate(db, { now: 0, backup: () => '', known: [large] }))).toMatchObject({
      message: expect.stringMatching(/^Migration 1 \(large\) failed and was rolled back\. The disk is full/u) as string,
      hint: expect.stringContaining('Free space on the disk') as string,
    })
  })
})
