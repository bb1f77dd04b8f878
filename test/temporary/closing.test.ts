import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

import { expect, it } from 'vitest'

import { closeAfterTest, closeOpened } from './closing.ts'

const folder = resolve(import.meta.dirname, '..')

it('what a helper opened is closed once, the last opened first', async () => {
  const closed: string[] = []
  const opening = (name: string) => ({ close: async () => closed.push(name) })
  const server = opening('server')
  expect(closeAfterTest(server)).toBe(server)
  closeAfterTest(opening('service'))
  await closeOpened()
  await closeOpened()
  expect(closed).toEqual(['service', 'server'])
})

it('what a check finds wrong fails the test, after everything was closed', async () => {
  const closed: string[] = []
  closeAfterTest({ close: () => closed.push('first') })
  closeAfterTest({ close: () => closed.push('second') }, () => {
    throw new Error('It was left wrong.')
  })
  await expect(closeOpened()).rejects.toThrow('It was left wrong.')
  expect(closed).toEqual(['second', 'first'])
})

it('no helper sets a hook, since files that share a process would have it only in the first of them', () => {
  const helpers = globSync('**/*.{ts,tsx}', { cwd: folder }).filter(
    (file) => !/\.(?:test|spec)\.tsx?$/u.test(file) && file !== 'temporary/file.ts',
  )
  expect(helpers.length).toBeGreaterThan(50)
  const setting = helpers.filter((file) =>
    /^\s*(?:before|after)(?:Each|All)\(/mu.test(readFileSync(resolve(folder, file), 'utf8')),
  )
  expect(setting).toEqual([])
})
