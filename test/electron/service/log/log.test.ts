import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { formerLog, type Log, LONGEST_BYTES, openLog } from '../../../../electron/service/log/log.ts'
import { profileLog } from '../../../../electron/service/log/profile-log.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { refused } from '../seeded.ts'
import { newProfile, newService } from '../services.ts'

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'castellan-log-')), 'castellan.log')

type Line = Readonly<Record<string, unknown>>

const toLines = (path: string): readonly Line[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)

/** The target of a link; nothing where it does not exist. */
function toLink(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

describe('the log', () => {
  it('has one JSON object a line with time, level, process and event, in a file of its user alone', () => {
    const path = newPath()
    const log = openLog(path, { what: 'test', mayTurn: true })
    log.write('warn', 'statement.slow', { ms: 300 })
    log.close()
    expect(toLines(path)).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) as string,
        pid: process.pid,
        what: 'test',
        event: 'statement.slow',
        ms: 300,
      },
    ])
    expect(process.platform === 'win32' ? '600' : (statSync(path).mode & 0o777).toString(8)).toBe('600')
  })

  it('contains no secret, and nothing that a terminal would interpret', () => {
    const path = newPath()
    const log = openLog(path, { what: 'test', mayTurn: true })
    const secret = 'sk-admin-0123456789abcdefghijklmnop'
    log.write('error', 'call.fault', { message: `key ${secret} \u001B[31mred\u0007`, stack: 'x'.repeat(10_000) })
    log.close()
    const text = readFileSync(path, 'utf8')
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/\\u001b|\\u0007/u)
    expect(text).not.toContain('\u001B')
    expect(text.length).toBeLessThan(3000)
  })

  it.skipIf(!existsSync('/dev/full'))('on a disk without space loses its lines, and stops no one from working', () => {
    const log = openLog('/dev/full', { what: 'test', mayTurn: false })
    expect(() => {
      log.write('info', 'profile.opened')
      log.close()
      log.write('info', 'profile.opened')
    }).not.toThrow()
  })

  it('leaves no listeners in the process where the profile could not be opened', async () => {
    const profile = newProfile()
    await (await newService({ profile })).close()
    writeFileSync(profilePaths(profile).register, 'no register')
    const before = process.listenerCount('uncaughtExceptionMonitor')
    await expect(newService({ profile })).rejects.toThrow(/not a register|not open/u)
    expect(process.listenerCount('uncaughtExceptionMonitor')).toBe(before)
  })

  it.skipIf(!existsSync('/proc/self/fd'))('releases its file when it is closed', () => {
    const path = newPath()
    const held = (): number =>
      readdirSync('/proc/self/fd').filter((fd) => toLink(join('/proc/self/fd', fd)).startsWith(path)).length
    const log = openLog(path, { what: 'test', mayTurn: true })
    log.write('info', 'profile.opened')
    expect(held()).toBe(1)
    log.close()
    log.close()
    expect(held()).toBe(0)
  })

  it('is renamed to the former log when it is long and a writer opens it, and never under a reader', () => {
    const path = newPath()
    writeFileSync(path, `${'x'.repeat(LONGEST_BYTES)}\n`)
    openLog(path, { what: 'reader', mayTurn: false }).close()
    expect(existsSync(formerLog(path))).toBe(false)
    const log = openLog(path, { what: 'writer', mayTurn: true })
    log.write('info', 'profile.opened')
    log.close()
    expect(toLines(path)).toHaveLength(1)
    expect(statSync(formerLog(path)).size).toBe(LONGEST_BYTES + 1)
  })

  it('that cannot be opened stops no one from working', async () => {
    const log = profileLog(() => Promise.reject(new Error('The disk is full.')))
    log.write('info', 'profile.opened')
    await log.flush()
    expect(() => log.write('info', 'decided')).not.toThrow()
    log.close()
  })
})

describe('the log of a profile', () => {
  it('names each step of the work and what belongs together, and contains no credential and no name of a person', async () => {
    const server = await startFakeOpenAi({ organizations: [northfoldOpenAi()] })
    const profile = newProfile()
    const service = await newService({ profile, secrets: memoryStore('No keychain here.') })
    const { api } = service
    try {
      await api.client.add({ name: 'Northfold' })
      const { id } = await api.connection.add({
        client: 'northfold',
        provider: 'openai',
        baseUrl: server.baseUrl,
        credential: NORTHFOLD_CREDENTIAL,
      })
      await api.sync.start({ connections: [id] })
      for await (const states of await api.sync.watch({})) if (states.every(({ phase }) => phase === 'done')) break
      await refused(api.client.add({ name: 'Northfold', slug: 'northfold' }))
      service.context.session().log.slow({ sql: 'SELECT *\n  FROM key', ms: 1234.5 })
    } finally {
      await service.close()
      await server.close()
    }
    const path = profilePaths(profile).log
    const lines = toLines(path)
    expect(lines.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['profile.opened', 'decided', 'sync.ended', 'call.refused', 'statement.slow']),
    )
    expect(lines.find(({ event }) => event === 'sync.ended')).toMatchObject({ provider: 'openai', state: 'complete' })
    // On a busy machine others are slow too.
    expect(lines.filter(({ event }) => event === 'statement.slow')).toContainEqual(
      expect.objectContaining({ sql: 'SELECT * FROM key', ms: 1235 }),
    )
    const added = lines.find(({ actions }) => String(actions).includes('client.added'))
    expect(added?.['call']).toMatch(/^\d+-\d+$/u)
    const text = readFileSync(path, 'utf8')
    expect(text).not.toContain(NORTHFOLD_CREDENTIAL)
    expect(text).not.toMatch(/@northfold|Anneliese/iu)
  })
})

describe('a log that is opened with its first line', () => {
  /** What a log was given, and when it is open. */
  function newLog() {
    const written: string[] = []
    const opening = Promise.withResolvers<Log>()
    const log: Log = { write: (_level, event) => void written.push(event), close: () => undefined }
    return {
      written,
      open: () => opening.resolve(log),
      fail: () => opening.reject(new Error('ENOSPC')),
      opening: opening.promise,
    }
  }

  it('keeps the order of its lines, whenever they are logged while it opens', async () => {
    const { written, open, opening } = newLog()
    const log = profileLog(() => opening)
    const said: string[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      if (turn === 3) open()
      said.push(`line ${turn}`)
      log.write('info', `line ${turn}`)
      await Promise.resolve()
    }
    await log.flush()
    expect(written).toEqual(said)
    log.close()
    log.write('info', 'after the end')
    expect(written).toEqual(said)
  })

  it('keeps nothing where it could not be opened', async () => {
    const { written, fail, opening } = newLog()
    const log = profileLog(() => opening)
    log.write('info', 'before')
    fail()
    await log.flush()
    log.write('info', 'after')
    await log.flush()
    expect(written).toEqual([])
    log.close()
  })
})
