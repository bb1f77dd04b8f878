import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')

/** A link to *Import & export*, with its words at the end. */
const LINK = /<(?:Button)?Link\s+to="\/files"[\s\S]*?>([^<>]*)<\/(?:Button)?Link>/gu

it('a link that offers an import or an export opens that view', () => {
  const links = globSync('renderer/**/*.tsx', { cwd: ROOT }).flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(LINK)].map(([link, words = '']) => ({
      path,
      // Without a view it opens the export.
      view: /view: '(\w+)'/u.exec(link)?.[1] ?? 'export',
      word: /\b(import|export)/iu.exec(words)?.[1]?.toLowerCase() ?? words.trim(),
    })),
  )
  expect(links.length).toBeGreaterThan(3)
  const wrong = links.filter(({ view, word }) =>
    word === 'import' ? view !== 'import' && view !== 'personnel' : word === 'export' ? view !== 'export' : true,
  )
  expect(wrong).toEqual([])
})
