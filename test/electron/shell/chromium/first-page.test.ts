import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { makeFirstPage } from '../../../../electron/shell/chromium/first-page.ts'

it('the first page is the frame of the window’s page with its style, and nothing that is loaded or run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-first-page-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets/boot-1.css'), '.boot { color: #566371 }')
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html><head><script type="module" crossorigin src="/assets/a.js"></script><link rel="modulepreload" href="/assets/b.js"><link rel="stylesheet" crossorigin href="/assets/boot-1.css"></head><body><p>Opening the register…</p></body></html>',
  )
  const [kind, page = ''] = (await makeFirstPage(folder)).split(',')
  expect(kind).toBe('data:text/html;charset=utf-8')
  const html = decodeURIComponent(page)
  expect(html).toContain('<style>.boot { color: #566371 }</style>')
  expect(html).toContain('<p>Opening the register…</p>')
  expect(html).not.toMatch(/<script|href=|src=/u)
})
