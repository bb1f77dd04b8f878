import type { ReactElement } from 'react'

const STEPS = ['Client', 'Connect', 'Recovery code'] as const

/** Which step of the first run is shown: `1 Client › 2 Connect › 3 Recovery code`. */
export function Stepper({ at }: { readonly at: 1 | 2 | 3 }): ReactElement {
  return (
    <ol className="c-steps" aria-label="Steps">
      {STEPS.map((label, index) => (
        <li
          key={label}
          aria-current={index + 1 === at ? 'step' : undefined}
          data-state={index + 1 < at ? 'done' : index + 1 === at ? 'now' : 'later'}
        >
          {`${index + 1} ${label}`}
        </li>
      ))}
    </ol>
  )
}
