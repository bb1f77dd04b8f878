import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from 'vitest'

import { newTemporary } from '../../../electron/files/temporary.ts'

const WRITER = join(import.meta.dirname, 'killed-writer.ts')

const writers: ChildProcess[] = []

afterEach(async () => {
  for (const writer of writers.splice(0)) await killed(writer)
})

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'castellan-parts-'))
}

/** A process that has begun to write and has not finished. */
async function writing(what: 'file' | 'pack', folder: string): Promise<ChildProcess> {
  const writer = spawn(process.execPath, [WRITER, what, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  writers.push(writer)
  await new Promise((begun) => writer.stdout?.once('data', begun))
  return writer
}

async function killed(writer: ChildProcess): Promise<void> {
  if (writer.exitCode !== null || writer.signalCode !== null) return
  const ended = new Promise((end) => writer.once('exit', end))
  writer.kill('SIGKILL')
  await ended
}

/** What the next export into a folder finds when it begins. */
function afterNext(folder: string): readonly string[] {
  const { path, done } = newTemporary(folder, 'next.md')
  const left = readdirSync(folder).filter((name) => !path.endsWith(name))
  done()
  return left.toSorted()
}

it('a part file has a name that every file system accepts, however long the name of its target is', () => {
  for (const name of ['n'.repeat(255), '漢'.repeat(85), '👩‍👩‍👧‍👦'.repeat(10)]) {
    const folder = newFolder()
    const { path, done } = newTemporary(folder, name)
    writeFileSync(path, '')
    // It is recognized as a file that is being written.
    expect(afterNext(folder)).toHaveLength(1)
    done()
    expect(afterNext(folder)).toEqual([])
  }
})

describe('what a writer leaves behind', () => {
  it('stays while it writes, and is removed at the next write into the folder once the writer was killed', async () => {
    const folder = newFolder()
    const [file, pack] = [await writing('file', folder), await writing('pack', folder)]
    const both = readdirSync(folder)
    expect(both).toHaveLength(3)
    expect(afterNext(folder)).toEqual(both.toSorted())
    await killed(file)
    expect(afterNext(folder)).toEqual(both.filter((name) => name.startsWith('.pack.')).toSorted())
    await killed(pack)
    expect(afterNext(folder)).toEqual([])
  })

  it('is removed also where its process id is this one’s again', () => {
    const folder = newFolder()
    const { path, done } = newTemporary(folder, 'register.md')
    writeFileSync(path, 'half')
    const name = readdirSync(folder)
    expect(afterNext(folder)).toEqual(name)
    // As if this process were a later one with the same id, as in a container.
    done()
    expect(afterNext(folder)).toEqual([])
  })

  it('is never a file of another program, another machine or one with a similar name', () => {
    const folder = newFolder()
    const { path, done } = newTemporary(folder, 'register.md')
    done()
    const mine = path.slice(path.lastIndexOf('/') + 1)
    expect(hostname()).not.toBe('')
    const dead = 4_194_305
    const strangers = [
      '.register.md.0123456789ab.part',
      'register.md.part',
      mine.replace(/-[0-9a-f]{8}-/u, '-00000000-').replace(String(process.pid), String(dead)),
      mine.slice(1).replace(String(process.pid), String(dead)),
      `${mine.replace(String(process.pid), String(dead))}.bak`,
    ]
    for (const name of strangers) writeFileSync(join(folder, name), '')
    mkdirSync(join(folder, '.folder.part'))
    expect(afterNext(folder)).toEqual([...strangers, '.folder.part'].toSorted())
    writeFileSync(join(folder, mine.replace(String(process.pid), String(dead))), 'dead')
    expect(afterNext(folder)).toEqual([...strangers, '.folder.part'].toSorted())
  })
})
