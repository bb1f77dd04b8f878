import { MantineProvider } from '@mantine/core'
import { QueryClientProvider, QueryClient } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'

import type { ProfileInfo } from '../../../../shared/contract/app.ts'
import type { Outputs } from '../../../../shared/contract/contract.ts'
import { query } from '../../../../renderer/app/api.ts'
import { WritePack } from '../../../../renderer/features/reviews/write-pack.tsx'

const QUESTION = { suggestedName: '', extension: '', folder: true } as const

/** The field for the folder in a shell, before or after the shell has answered with a suggestion. */
function folderInput(shell: ProfileInfo['shell'], answer?: Outputs['desktop']['saveTarget']): string {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  client.setQueryData(query.app.info.queryKey(), { shell } as ProfileInfo)
  if (answer !== undefined) {
    const key = query.desktop.saveTarget.queryKey({ input: QUESTION })
    client.setQueryData(key, answer)
  }
  const html = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <WritePack
          label="Evidence pack"
          verb="Write"
          write={() => Promise.reject(new Error('unused'))}
          close={() => {}}
        >
          What it contains
        </WritePack>
      </QueryClientProvider>
    </MantineProvider>,
  )
  return /<input[^>]*data-autofocus[^>]*>/u.exec(html)![0]
}

describe('the folder of a signed pack', () => {
  it('is not editable until the suggested folder is known, which would mix with what is typed meanwhile', () => {
    expect(folderInput('chromium')).toMatch(/ readonly/iu)
  })

  it('contains the suggested folder and is editable once it is known', () => {
    const input = folderInput('chromium', { outcome: 'unsupported', suggestedPath: '/home/robin/Downloads' })
    expect(input).toContain('value="/home/robin/Downloads"')
    expect(input).not.toMatch(/ readonly/iu)
  })

  it('is editable at once where the desktop has a dialog and nothing is suggested', () => {
    expect(folderInput('electron')).not.toMatch(/ readonly/iu)
  })
})
