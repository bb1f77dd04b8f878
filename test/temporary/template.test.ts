import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { runFolder } from './run.ts'
import { putCopy } from './template.ts'

/** Larger than the number of any process on Linux, so none has it. */
const NO_PROCESS = '4194305'

const makeEmpty = (path: string): Promise<void> => mkdir(path)

const name = (what: string): string => `template-test-${what}-${process.pid}`

it('a template that several ask for at the same time is made once, and each gets a copy', async () => {
  let made = 0
  const make = async (path: string): Promise<void> => {
    made += 1
    await mkdir(path)
    await setImmediate()
    writeFileSync(join(path, 'file'), 'contents')
  }
  const copies = ['one', 'two', 'three'].map((each) => join(tmpdir(), each))
  await Promise.all(copies.map((to) => putCopy(name('several'), to, make)))
  expect(made).toBe(1)
  for (const copy of copies) expect(readFileSync(join(copy, 'file'), 'utf8')).toBe('contents')
})

it('a template whose making failed is made by the next that asks', async () => {
  const to = join(tmpdir(), 'failed')
  const fail = (): Promise<void> => Promise.reject(new Error('It cannot be made.'))
  await expect(putCopy(name('failed'), to, fail)).rejects.toThrow('It cannot be made.')
  await putCopy(name('failed'), to, makeEmpty)
  expect(existsSync(to)).toBe(true)
})

it('a template whose maker was killed is made by the next that asks', async () => {
  const to = join(tmpdir(), 'killed')
  writeFileSync(join(runFolder(), `${name('killed')}.making`), NO_PROCESS)
  await putCopy(name('killed'), to, makeEmpty)
  expect(existsSync(to)).toBe(true)
})
