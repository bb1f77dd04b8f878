import { MantineProvider } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { EmptyTopic } from '../../../../renderer/ui/help/topics.ts'
import { Empty } from '../../../../renderer/ui/states.tsx'

it('every empty state leads to the guide: to the paragraph of its list, else of the page', () => {
  const draw = (topic: string | null, wholePage = false): string =>
    renderToStaticMarkup(
      <MantineProvider>
        <EmptyTopic value={topic}>
          <Empty icon={IconInbox} title="No keys yet" wholePage={wholePage} />
        </EmptyTopic>
      </MantineProvider>,
    )
  expect(draw('lists#keys-no-rows')).toMatch(/<button[^>]*data-help="lists#keys-no-rows"[^>]*>.*Show in the guide/u)
  expect(draw(null)).toMatch(/<button(?![^>]*data-help)[^>]*>.*Show in the guide/u)
  expect(draw(null, true)).not.toContain('Show in the guide')
})
