import type { KeyboardEvent, PointerEvent, ReactElement } from 'react'

import { DEFAULT_WIDTH, limitWidth, NARROWEST, setPanelWidth, usePanelWidth, WIDEST } from './panel-width.ts'
import classes from './panel.module.css'

const STEP_PX = 24

/** The edge between a list and its panel: dragged, moved by the arrows, and reset by a double click. */
export function PanelEdge(): ReactElement {
  const width = usePanelWidth()
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return
    event.preventDefault()
    const from = event.clientX
    const { signal, abort } = stoppable()
    const onMove = (next: globalThis.PointerEvent): void => setPanelWidth(limitWidth(width + from - next.clientX))
    addEventListener('pointermove', onMove, { signal })
    addEventListener('pointerup', abort, { signal })
    addEventListener('pointercancel', abort, { signal })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? STEP_PX : event.key === 'ArrowRight' ? -STEP_PX : 0
    if (by === 0) return
    event.preventDefault()
    setPanelWidth(limitWidth(width + by))
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- ARIA makes a focusable separator a control
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a rule cannot be moved
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
      tabIndex={0}
      className={classes['edge']}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setPanelWidth(DEFAULT_WIDTH)}
    />
  )
}

function stoppable(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
