import type { ReactElement, ReactNode } from 'react'

import './first-run.css'

interface ThresholdProps {
  readonly title: string
  readonly lead?: string
  /** The steps that it is one of. */
  readonly steps?: ReactNode
  readonly children: ReactNode
}

/** A page before the register is open: no rail, one task. Its first field has the focus, as in a dialog. */
export function Threshold({ title, lead, steps, children }: ThresholdProps): ReactElement {
  return (
    <main key={title} className="c-threshold" ref={focusFirst}>
      <div className="c-threshold-inner">
        {steps}
        <h1>{title}</h1>
        {lead === undefined ? null : <p className="c-threshold-lead">{lead}</p>}
        {children}
      </div>
    </main>
  )
}

function focusFirst(page: HTMLElement | null): void {
  page?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
}
