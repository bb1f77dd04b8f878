import { useEffect, type RefObject } from 'react'

interface FirstChoiceProps {
  readonly list: RefObject<HTMLDivElement | null>
  readonly input: RefObject<HTMLInputElement | null>
}

/**
 * Chooses the first action of the palette, so that Enter runs it. Mantine's Spotlight chooses when the query changes,
 * which is before the results have arrived. Give it a `key` that changes with the actions shown.
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
      // Without a result there was nothing to choose. A key press makes the Spotlight update its own choice too.
      input.current?.dispatchEvent(new KeyboardEvent('keydown', { code: 'ArrowDown', bubbles: true }))
    }
  }, [list, input])
  return null
}
