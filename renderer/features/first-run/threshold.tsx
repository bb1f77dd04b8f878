import type { ReactElement, ReactNode } from 'react'

import './first-run.css'

interface ThresholdProps {
  readonly title: string
  readonly lead?: string
  readonly children: ReactNode
}

/** A page before the register is open: no rail, one task. */
export function Threshold({ title, lead, children }: ThresholdProps): ReactElement {
  return (
    <main className="c-threshold">
      <div className="c-threshold-inner">
        <h1>{title}</h1>
        {lead === undefined ? null : <p className="c-threshold-lead">{lead}</p>}
        {children}
      </div>
    </main>
  )
}
