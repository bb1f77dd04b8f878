import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

const RENDERER = resolve(import.meta.dirname, '../../../renderer')

it('lets no file of the window but one refetch everything, since waiting for that never ends', () => {
  const files = globSync('**/*.{ts,tsx}', { cwd: RENDERER })
  const all = files.filter((file) =>
    /\.(?:invalidate|refetch|reset)Queries\(\)/u.test(readFileSync(join(RENDERER, file), 'utf8')),
  )
  expect(all).toEqual(['data/api.ts'])
})
