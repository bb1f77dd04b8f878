import { lazy, Suspense, type ReactElement } from 'react'

import { closeHelp, findTopic, openHelp, useHelpAsked } from '../ui/help/asked.ts'

/** Loaded when it is first opened. */
const HelpPanel = lazy(async () => {
  const { HelpPanel: panel } = await import('../features/help/panel.tsx')
  return { default: panel }
})

/** The help beside any page, while it is open. */
export function Help(): ReactElement | null {
  const asked = useHelpAsked()
  if (asked === null) return null
  return (
    <Suspense fallback={null}>
      <HelpPanel asked={asked} />
    </Suspense>
  )
}

/** Opens the help at the paragraph about what has the focus, else about the page; closes it when it has the focus itself. */
export function toggleHelp(): void {
  const focused = document.activeElement
  if (focused?.closest('[data-help-panel]')) closeHelp()
  else openHelp(findTopic(focused))
}
