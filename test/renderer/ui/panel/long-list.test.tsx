import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { LongList } from '../../../../renderer/ui/panel/long-list.tsx'

function shown(count: number, total: number | undefined): string {
  const items = Array.from({ length: count }, (_, index) => index)
  return renderToStaticMarkup(
    <MantineProvider>
      <LongList items={items} getKey={(item) => item} step={5} total={total}>
        {(item) => `item ${item}`}
      </LongList>
    </MantineProvider>,
  )
}

it('a list of a panel counts what exists beyond the part that was read', () => {
  expect(shown(3, 1200)).toContain('The first 3 of 1,200')
  expect(shown(3, 3)).not.toContain('The first')
  expect(shown(3, undefined)).not.toContain('The first')
  expect(shown(7, 1200), 'the rest of what was read comes first').toContain('Show 2 more of 7')
})
