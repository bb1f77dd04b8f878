import type { ReactElement } from 'react'

import { visibleText } from '../ui/text.ts'
import classes from './connection-name.module.css'

interface ConnectionNameProps {
  readonly label: string
  /** The name of the provider; shown where the label does not contain it. */
  readonly provider?: string
}

/** The label of a connection. Where it is cut, its end stays: `Quillmarsh M… on OpenAI`. */
export function ConnectionName({ label, provider }: ConnectionNameProps): ReactElement {
  const [start, end] = splitLabel(visibleText(label), provider)
  return (
    <span className={classes['name']} title={visibleText(label)}>
      <bdi className={classes['start']}>{start}</bdi>
      {end === '' ? null : <span className={classes['end']}>{end}</span>}
    </span>
  )
}

/**
 * A label in the part that may be cut and the part that names the provider: from the last ` on ` of the label, or the
 * provider that the label does not contain.
 */
export function splitLabel(label: string, provider?: string): readonly [start: string, end: string] {
  const at = label.lastIndexOf(' on ')
  if (at > 0 && label.length - at <= LONGEST_END) return [label.slice(0, at), label.slice(at)]
  if (provider === undefined || label.toLowerCase().includes(provider.toLowerCase())) return [label, '']
  return [label, ` · ${provider}`]
}

/** A longer end would leave no room for the beginning. */
const LONGEST_END = 20
