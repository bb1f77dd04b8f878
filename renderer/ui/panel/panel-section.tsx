import { useId, type ReactElement, type ReactNode } from 'react'

import { wholeNumber } from '../relative.ts'
import classes from './panel.module.css'

interface PanelSectionProps {
  readonly title: string
  readonly count?: number
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a panel under its heading. */
export function PanelSection({ title, count, actions, children }: PanelSectionProps): ReactElement {
  const id = useId()
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <div className={classes['section-head']}>
        <h3 id={id} className={classes['section-title']}>
          {title}
          {count === undefined ? null : <span className={classes['count']}>{wholeNumber(count)}</span>}
        </h3>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** Names and values, one line each. */
export function Facts({ children }: { readonly children: ReactNode }): ReactElement {
  return <dl className={classes['facts']}>{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={classes['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** Nothing in this part, said in words. */
export function Nothing({ children }: { readonly children: ReactNode }): ReactElement {
  return <p className={classes['nothing']}>{children}</p>
}
