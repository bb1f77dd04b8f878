import type { ParsedPath, RouterHistory } from '@tanstack/react-router'

/**
 * A history in which no dialog comes back. On the page of an open dialog, the entry of the dialog is replaced by what
 * follows: closing, submitting, its next step. That can leave two equal entries in a row, which Back and Forward pass
 * as one:
 *
 *     /reviews?review=1 → opens …&step=sign → signed: /reviews?review=1, twice; Back leads to what was before both
 */
export function withoutDialogs(history: RouterHistory, namesDialog: (location: ParsedPath) => boolean): RouterHistory {
  const { push, replace } = history
  let shown = history.location.href
  history.subscribe(({ location, action }) => {
    const isRepeated = location.href === shown
    shown = location.href
    if (!isRepeated) return
    if (action.type === 'BACK' && history.canGoBack()) history.back()
    else if (action.type === 'FORWARD') history.forward()
  })
  history.push = (path, state, options) => {
    const { location } = history
    const isSamePage = getPathname(path) === location.pathname
    if (isSamePage && namesDialog(location)) replace(path, state, options)
    else push(path, state, options)
  }
  return history
}

function getPathname(path: string): string {
  return /^[^?#]*/u.exec(path)?.[0] ?? path
}
