import type { ReactElement } from 'react'

import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './snippets.module.css'

interface CodeBlockProps {
  /** What it is, for those who do not see it. */
  readonly label: string
  readonly text: string
}

/** Code to be taken elsewhere. */
export function CodeBlock({ label, text }: CodeBlockProps): ReactElement {
  return (
    <figure className={classes['block']} aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <pre className={`c-source ${classes['code']}`} tabIndex={0} dir="ltr">
        {text}
      </pre>
      <CopyButton text={text} />
    </figure>
  )
}
