import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { query } from '../../../renderer/app/api.ts'
import { PathField } from '../../../renderer/app/path-field.tsx'
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
            { kind: 'file', title: 'Choose the zip of a pack', extensions: ['zip'] },
            { kind: 'folder', title: 'Choose the folder of a pack', extensions: [] },
          ]}
        />
      </QueryClientProvider>
    </MantineProvider>,
  )
}

it('a path can be typed, and chosen where the desktop has a dialog for it', () => {
  expect(shown('electron').match(/Choose \w+…/gu)).toEqual(['Choose file…', 'Choose folder…'])
  expect(shown('chromium')).not.toContain('Choose')
  for (const shell of ['electron', 'chromium'] as const) {
    expect(shown(shell)).toMatch(/<input[^>]*value="\/packs\/2026"/u)
    expect(shown(shell)).not.toMatch(/readonly/iu)
  }
})

/** Words of a field that asks where something is on this machine. */
const PATH_WORDS = /\b(?:path|folder|directory|zip|set(?:Path|Folder|File))\b/iu

it('no other field of the window asks for a path', () => {
  const fields = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) =>
      [
        ...readFileSync(join(renderer, name), 'utf8').matchAll(/<(?:TextInput|Textarea|Autocomplete|input)\b.*?\/>/gsu),
      ].map(([field]) => ({ name: name.replaceAll('\\', '/'), field })),
    )
  expect(fields.length).toBeGreaterThan(30)
  const asking = fields.filter(({ field }) => PATH_WORDS.test(field)).map(({ name }) => name)
  expect(asking).toEqual(['app/path-field.tsx'])
})
