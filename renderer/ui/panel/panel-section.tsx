import { useId, type ComponentProps, type ReactElement, type ReactNode } from 'react'

import { wholeNumber } from '../relative.ts'
import { Named } from '../named.tsx'
import { When, WhenDay } from '../when.tsx'
import classes from './panel.module.css'

interface PanelSectionProps {
  readonly title: string
  readonly count?: number | undefined
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function PanelSection({ title, count, actions, children }: PanelSectionProps): ReactElement {
  const id = useId()
  return (
    <section className={classes['section']} aria-labelledby={id}>
      <div className={classes['section-head']}>
        <h3 id={id} className="c-card-title">
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
  return <dl>{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={classes['fact']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

interface Name {
  readonly name: string
}

/** A name, and a text written by a provider, a file or a person. */
export function TextFact({ name, ...text }: Name & ComponentProps<typeof Named>): ReactElement {
  return (
    <Fact name={name}>
      <Named {...text} />
    </Fact>
  )
}

export function TimeFact({ name, ...time }: Name & ComponentProps<typeof When>): ReactElement {
  return (
    <Fact name={name}>
      <When {...time} />
    </Fact>
  )
}

export function DayFact({ name, ...day }: Name & ComponentProps<typeof WhenDay>): ReactElement {
  return (
    <Fact name={name}>
      <WhenDay {...day} />
    </Fact>
  )
}

/** The text of a section without content. */
export function Nothing({ children }: { readonly children: ReactNode }): ReactElement {
  return <p className={classes['nothing']}>{children}</p>
}
