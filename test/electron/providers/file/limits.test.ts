import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { openFile } from '../../../../electron/providers/file/open.ts'
import { FILE_LIMITS } from '../../../../shared/domain/file-limits.ts'

const HEAD = '"format":"castellan-file","version":1,"platform":"azure","organization":{"id":"t"}'

async function refusal(text: string): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-file-')), 'azure.json')
  writeFileSync(path, text)
  const access = { credential: '', baseUrl: null, path }
  const error = await openFile(access, new AbortController().signal).catch((caught: unknown) => caught)
  return error instanceof Error ? error.message : 'It was read.'
}

describe('the file of a connection', () => {
  test('with more values than are read is refused before its rows are checked', async () => {
    expect(await refusal(`{${HEAD},"keys":[${'1,'.repeat(FILE_LIMITS.providerValues)}1]}`)).toBe(
      'azure.json has more than 5,000,000 values; nothing changed. Write fewer rows, or fewer days.',
    )
  })

  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('with %s nested too deep is refused, however deep they are', async (_what, open, close) => {
    const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`
    for (const depth of [FILE_LIMITS.providerDepth, 100_000]) {
      expect(await refusal(`{${HEAD},"keys":${nested(depth)}}`)).toMatch(/more than 20 lists and objects inside one/u)
    }
    expect(await refusal(`{${HEAD},"keys":${nested(3)}}`)).not.toMatch(/inside one another/u)
  })

  test('with many wrong rows names the first and stops looking', async () => {
    const said = await refusal(`{${HEAD},"keys":[${'{},'.repeat(300_000)}{}]}`)
    expect(said).toContain('keys[0].id')
    expect(said).toContain('and at least 95 more')
  })

  test('that breaks behind a text of megabytes is refused with the place', async () => {
    expect(await refusal(`{${HEAD},"x":"${'a'.repeat(10_000_000)}",}`)).toMatch(/is not JSON; nothing changed/u)
  })
})
