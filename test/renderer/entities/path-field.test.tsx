import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { query } from '../../../renderer/data/api.ts'
import { PathField } from '../../../renderer/entities/path-field.tsx'
import type { ProfileInfo } from '../../../shared/contract/app.ts'

const renderer = resolve(import.meta.dirname, '../../../renderer')

function shown(shell: ProfileInfo['shell']): string {
  const queries = new QueryClient()
  queries.setQueryData(query.app.info.queryKey(), { shell } as ProfileInfo)
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={queries}>
        <PathField
          label="Folder or zip of a pack"
          value="/packs/2026"
          onChange={() => undefined}
          reads={[
            { kind: 'file', title: 'Choose pack zip', extensions: ['zip'] },
            { kind: 'folder', title: 'Choose pack folder', extensions: [] },
          ]}
        />
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('a path can be typed, and chosen where the system has a dialog: a browser has one for files alone', () => {
  expect(shown('electron').match(/Choose \w+…/gu)).toEqual(['Choose file…', 'Choose folder…'])
  expect(shown('chromium').match(/Choose \w+…/gu)).toEqual(['Choose file…'])
  expect(shown('terminal')).not.toContain('Choose')
  for (const shell of ['electron', 'chromium', 'terminal'] as const) {
    expect(shown(shell)).toMatch(/<input[^>]*value="\/packs\/2026"/u)
    expect(shown(shell)).not.toMatch(/readonly/iu)
  }
})

/** Labels of a field that asks for a place on this machine. */
const PATH_WORDS = /\b(?:path|folder|directory|zip|set(?:Path|Folder|File))\b|label="[^"]*\bfile\b/iu

it('every path of the window uses this field', () => {
  const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => ({ name: name.replaceAll('\\', '/'), source: readFileSync(join(renderer, name), 'utf8') }))
  const fieldsIn = (source: string, tags: string): readonly string[] =>
    [...source.matchAll(new RegExp(`<(?:${tags})\\b.*?/>`, 'gsu'))].map(([field]) => field)
  const others = sources.flatMap(({ source }) => fieldsIn(source, 'TextInput|Textarea|Autocomplete|input'))
  expect(others.length).toBeGreaterThan(30)
  expect(others.filter((field) => PATH_WORDS.test(field))).toEqual([])
  const asking = sources.filter(({ source }) => fieldsIn(source, 'PathField').some((field) => PATH_WORDS.test(field)))
  expect(asking.map(({ name }) => name).toSorted()).toEqual([
    'features/connections/connect/file-field.tsx',
    'features/reconciliation/folders.tsx',
    'features/settings/evidence-section.tsx',
    'features/settings/updates/update-file-dialog.tsx',
    'features/usage/take-records.tsx',
  ])
})
