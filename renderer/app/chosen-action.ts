import { useEffect, type RefObject } from 'react'

interface ChosenActionProps {
  readonly list: RefObject<HTMLDivElement | null>
  readonly input: RefObject<HTMLInputElement | null>
}

const ID = 'palette-chosen'

/**
 * Tells those who do not see the palette which of its actions is chosen, as the arrow keys move on while the keyboard
 * stays in the field. Mantine's Spotlight marks it by an attribute alone, gives actions no id, and tells nobody.
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
