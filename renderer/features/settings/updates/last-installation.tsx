import type { ReactElement } from 'react'

import type { UpdateStatus } from '../../../../shared/contract/updates.ts'
import { When } from '../../../ui/when.tsx'

/** The result of the last installation, and how to go back. */
export function LastInstallation({ last }: { readonly last: NonNullable<UpdateStatus['last']> }): ReactElement {
  const { from, to, at, done, kept } = last
  if (!done) {
    return (
      <p className="c-prose">
        {`The installation of ${to} (`}
        <When at={at} />
        {`) was not done: ${from} still runs. Try it again, or install the package yourself.`}
      </p>
    )
  }
  return (
    <p className="c-prose">
      {`${to} replaced ${from} (`}
      <When at={at} />
      {`). To go back, install the package of ${from}, and restore the backup from before the update under Recovery and integrity.`}
      {kept === null ? null : <span className="c-mono c-break">{` The replaced package is kept: ${kept}`}</span>}
    </p>
  )
}
