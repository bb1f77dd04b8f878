import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { BlockedButton } from '../../../renderer/ui/blocked-button.tsx'

it('a button that cannot be pressed has its reason as its description, and can have the focus', () => {
  const shown = renderToStaticMarkup(
    <MantineProvider>
      <BlockedButton reason="An active plan cannot be removed">Remove</BlockedButton>
    </MantineProvider>,
  )
  const [, id = 'none'] = /<button[^>]*aria-describedby="([^"]+)"/u.exec(shown) ?? []
  expect(shown).toContain(`<span id="${id}" class="c-visually-hidden">An active plan cannot be removed</span>`)
  expect(shown).toMatch(/<button[^>]*aria-disabled="true"/u)
  expect(shown).not.toMatch(/<button[^>]*\sdisabled=/u)
})
