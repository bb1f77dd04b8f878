import { createMemoryHistory, type RouterHistory } from '@tanstack/react-router'
import { describe, expect, it } from 'vitest'

import { AREAS } from '../../../renderer/app/areas.ts'
import { withoutDialogs } from '../../../renderer/app/dialog-history.ts'

/** A history that begins on the list of reviews; `step` names a dialog. */
function begin(): RouterHistory {
  const history = createMemoryHistory({ initialEntries: ['/reviews'] })
  return withoutDialogs(history, ({ search }) => new URLSearchParams(search).has('step'))
}

function visit(history: RouterHistory, ...paths: readonly string[]): void {
  for (const path of paths) history.push(path)
}

/** Goes back until the beginning, and returns what was seen. */
function goBack(history: RouterHistory): readonly string[] {
  const seen: string[] = []
  while (history.canGoBack()) {
    history.back()
    seen.push(history.location.href)
  }
  return seen
}

describe('the history', () => {
  it('closes an open dialog by Back', () => {
    const history = begin()
    visit(history, '/reviews?review=1', '/reviews?review=1&step=sign')
    expect(goBack(history)).toEqual(['/reviews?review=1', '/reviews'])
  })

  it('does not lead back to a dialog that was closed, nor stop twice at the page under it', () => {
    const history = begin()
    visit(history, '/reviews?review=1', '/reviews?review=1&step=bulk', '/reviews?review=1', '/keys')
    expect(goBack(history)).toEqual(['/reviews?review=1', '/reviews'])
  })

  it('leads from the result of a dialog to the page on which it was opened', () => {
    const history = begin()
    visit(history, '/reviews?step=start', '/reviews?review=5')
    expect(goBack(history)).toEqual(['/reviews'])
  })

  it('keeps one entry for the steps of a dialog', () => {
    const history = begin()
    visit(history, '/reviews?review=1', '/reviews?review=1&step=a', '/reviews?review=1&step=b', '/reviews?review=1')
    expect(goBack(history)).toEqual(['/reviews'])
  })

  it('passes repeated entries forward as well', () => {
    const history = begin()
    visit(history, '/reviews?review=1', '/reviews?review=1&step=bulk', '/reviews?review=1', '/keys')
    history.go(-3)
    history.forward()
    expect(history.location.href).toBe('/reviews?review=1')
    history.forward()
    expect(history.location.href).toBe('/keys')
  })

  it('leads back to a dialog that a link left open', () => {
    const history = begin()
    visit(history, '/reviews?review=1&step=pack', '/help')
    expect(goBack(history)).toEqual(['/reviews?review=1&step=pack', '/reviews'])
  })

  it('keeps every other step, panels among them', () => {
    const history = begin()
    visit(history, '/reviews?review=1', '/reviews?review=1&item=2', '/reviews?review=1')
    expect(goBack(history)).toEqual(['/reviews?review=1&item=2', '/reviews?review=1', '/reviews'])
  })
})

describe('areas', () => {
  it('name the search params that open their dialogs', () => {
    const named = AREAS.flatMap(({ options }) => {
      const { path, staticData } = options as typeof options & { readonly path: string }
      return (staticData.dialogs ?? []).map((name) => `${path} ${name}`)
    })
    expect(named.toSorted()).toEqual([
      '/ form',
      '/clients add',
      '/clients edit',
      '/connections add',
      '/connections fix',
      '/plans making',
      '/reviews start',
      '/reviews step',
      '/team act',
      '/team grant',
      '/usage/budgets add',
      '/usage/budgets edit',
    ])
  })
})
