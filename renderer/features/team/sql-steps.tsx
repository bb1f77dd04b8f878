import type { ReactElement } from 'react'

import { CopyButton } from '../../ui/copy-button.tsx'
import classes from './team.module.css'

interface SqlStepsProps {
  readonly sql: readonly string[]
  /** The purpose of the statements: `the set-up`. */
  readonly what: string
}

/** Statements that the administrator of the database runs, since this device's login may not. */
export function SqlSteps({ sql, what }: SqlStepsProps): ReactElement | null {
  if (sql.length === 0) return null
  const text = `${sql.join(';\n')};\n`
  return (
    <section className="c-card" aria-label={`SQL for ${what}`}>
      <div className="c-card-head">
        <h2 className="c-card-title">SQL for the administrator of the database</h2>
        <CopyButton text={text} label="Copy SQL" />
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          This device’s login may not run these statements for {what}. They contain no password: only verifiers of
          passwords.
        </p>
        <pre className={`c-code ${classes['sql']}`}>{text}</pre>
      </div>
    </section>
  )
}
