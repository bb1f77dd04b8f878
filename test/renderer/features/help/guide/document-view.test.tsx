import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { toPage } from '../../../../../build/documents.mjs'
import { DOCUMENT_PAGES } from '../../../../../build/document-pages.mjs'
import { DocumentView } from '../../../../../renderer/features/help/guide/document-view.tsx'
import type { GuidePage } from '../../../../../renderer/features/help/guide/document.ts'
import { PAGE_NAMES } from '../../../../../renderer/features/help/guide/pages.ts'

const ROOT = resolve(import.meta.dirname, '../../../../..')

function draw(page: GuidePage, here = ''): string {
  return renderToStaticMarkup(
    <MantineProvider>
      <DocumentView page={page} here={here} level={3} go={() => undefined} />
    </MantineProvider>,
  )
}

it('the window has every page of the documents that it names, and draws each without anything from elsewhere', () => {
  expect([...PAGE_NAMES].toSorted()).toEqual([...DOCUMENT_PAGES].toSorted())
  for (const name of PAGE_NAMES) {
    const markup = draw(toPage(name, readFileSync(join(ROOT, 'docs', `${name}.md`), 'utf8')))
    expect(markup.length).toBeGreaterThan(500)
    expect(markup).not.toMatch(/<(?:script|iframe|object|embed|form|a)\b/u)
    expect(markup).not.toMatch(/(?:src|href)="(?!\/)/u)
  }
})

it('text of a page is text, whatever it contains', () => {
  const hostile = '<img src=x onerror=alert(1)>'
  const markup = draw({
    name: 'guide',
    title: hostile,
    tree: [
      ['h2', { id: 'a' }, [hostile]],
      ['p', {}, [hostile, ['code', {}, [hostile]]]],
      ['pre', { lang: 'sh' }, [hostile]],
      ['p', {}, [['a', { topic: 'guide#a' }, [hostile]]]],
    ],
  })
  expect(markup).not.toContain('<img')
  expect(markup.match(/&lt;img src=x onerror=alert\(1\)&gt;/gu)).toHaveLength(6)
})

it('the paragraph that was asked for is marked, and can take the focus', () => {
  const page: GuidePage = {
    name: 'lists',
    title: 'Lists',
    tree: [
      ['h2', { id: 'keys' }, ['Keys']],
      ['ul', {}, [['li', { id: 'keys-due' }, ['Due']]]],
    ],
  }
  expect(draw(page, 'keys-due')).toMatch(/<li id="guide-keys-due" tabindex="-1" data-here="">Due<\/li>/u)
  expect(draw(page, 'keys')).toMatch(/<h4 id="guide-keys" tabindex="-1" data-here="" data-level="2">Keys<\/h4>/u)
  expect(draw(page).match(/data-here/u)).toBeNull()
})
