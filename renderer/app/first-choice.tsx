import { useEffect, type RefObject } from 'react'

interface FirstChoiceProps {
  readonly list: RefObject<HTMLDivElement | null>
  readonly input: RefObject<HTMLInputElement | null>
}

/**
 * Chooses the first action of the palette, so that Enter takes it. Mantine's Spotlight does so when the query changes,
 * which is before what was found has arrived. Give it a `key` that changes with the actions shown.
 */
export function FirstChoice({ list, input }: FirstChoiceProps): null {
  useEffect(() => {
    const first = list.current?.querySelector('[data-action]')
    const chosen = list.current?.querySelector('[data-selected]')
    if (!first || chosen === first) return
    if (chosen) {
      chosen.removeAttribute('data-selected')
      first.setAttribute('data-selected', 'true')
    } else {
      // Nothing was there to choose: by its own key, the Spotlight knows too what is chosen.
      input.current?.dispatchEvent(new KeyboardEvent('keydown', { code: 'ArrowDown', bubbles: true }))
    }
  }, [list, input])
  return null
}
