import { MantineProvider } from '@mantine/core'
import { QueryClientProvider, QueryClient } from '@tanstack/react-query'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { WritePack } from '../../../../renderer/features/reviews/write-pack.tsx'

it('the folder of a signed pack comes from the desktop’s dialog: the field is read-only, and nothing is written before', () => {
  const html = renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <WritePack
          label="Export evidence pack"
          verb="Write"
          write={() => Promise.reject(new Error('unused'))}
          close={() => {}}
        >
          What it contains
        </WritePack>
      </QueryClientProvider>
    </MantineProvider>,
  )
  expect(/<input[^>]*c-mono[^>]*>/u.exec(html)![0]).toMatch(/ readonly/iu)
  expect(/<button[^>]*data-autofocus[^>]*>/u.exec(html)![0]).not.toMatch(/ disabled/iu)
  expect(/<button[^>]*type="submit"[^>]*>/u.exec(html)![0]).toMatch(/ disabled/iu)
})
