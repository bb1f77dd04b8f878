import { useEffect, type RefObject } from 'react'

interface ChosenActionProps {
  readonly list: RefObject<HTMLDivElement | null>
  readonly input: RefObject<HTMLInputElement | null>
}

const ID = 'palette-chosen'

/**
 * Announces the chosen action of the palette to screen readers, since the keyboard focus stays in the search field
 * while the arrow keys move. Mantine's Spotlight marks the action by an attribute alone, gives actions no id, and
 * announces nothing.
 */
export function ChosenAction({ list, input }: ChosenActionProps): null {
  useEffect(() => {
    const choices = list.current
    if (choices === null) return undefined
    const tell = (): void => {
      const chosen = choices.querySelector('[data-selected]')
      for (const action of choices.querySelectorAll('[data-action]')) {
        action.setAttribute('aria-selected', String(action === chosen))
        if (action !== chosen) action.removeAttribute('id')
      }
      if (chosen === null) {
        input.current?.removeAttribute('aria-activedescendant')
        return
      }
      chosen.id = ID
      input.current?.setAttribute('aria-activedescendant', ID)
    }
    tell()
    const observer = new MutationObserver(tell)
    observer.observe(choices, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-selected'] })
    return () => observer.disconnect()
  }, [list, input])
  return null
}
