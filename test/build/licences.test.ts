import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

import { parsePackages, writeLicences } from '../../build/licences.mjs'

const root = resolve(import.meta.dirname, '../..')

const ONE = '# Licenses\n\nThe app bundles these:\n\n## zod - 4.6.7 (MIT)\n\nMIT License\n\n## Terms\n\nUse it.\n'
const TWO = '# Licenses\n\n## @scope/a - 1.0.0-rc.1 (Apache-2.0)\n\nApache\n\n## zod - 4.6.7 (MIT)\n\nMIT License\n'

it('a list of licences is parsed into its packages, and a heading inside a licence stays in it', () => {
  expect(parsePackages(ONE)).toEqual([['zod - 4.6.7 (MIT)', 'MIT License\n\n## Terms\n\nUse it.']])
  expect(parsePackages(TWO).map(([heading]) => heading)).toEqual([
    '@scope/a - 1.0.0-rc.1 (Apache-2.0)',
    'zod - 4.6.7 (MIT)',
  ])
})

it('one text holds the licences of Castellan, of all bundles and of the packages beside them, each once', () => {
  const out = mkdtempSync(join(tmpdir(), 'castellan-licences-'))
  for (const folder of ['renderer', 'main/licenses', 'node/licenses']) mkdirSync(join(out, folder), { recursive: true })
  writeFileSync(join(out, 'renderer/licenses.md'), ONE)
  writeFileSync(join(out, 'main/licenses/main.md'), TWO)
  writeFileSync(join(out, 'node/licenses/cli.md'), TWO)
  writeLicences(root, out)
  const text = readFileSync(join(out, 'renderer/licenses.txt'), 'utf8')
  expect(text.startsWith('Castellan\n\nMIT License')).toBe(true)
  const headings = text.split('\n').filter((line) => / - \d\S* \(.+\)$/u.test(line))
  expect(headings.map((line) => line.replace(/ - .+/u, ''))).toEqual([
    '@napi-rs/keyring',
    '@scope/a',
    'better-sqlite3',
    'playwright-core',
    'zod',
  ])
})
