import type { ReactElement } from 'react'

import { CopyButton } from '../ui/copy-button.tsx'
import { plural, wholeNumber } from '../ui/relative.ts'
import { Failed } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { visibleText } from '../ui/text.ts'
import type { Save } from './use-save.ts'

/** The written file, or the reason why none was written. */
export function SaveResult({ save: { state } }: { readonly save: Pick<Save<never>, 'state'> }): ReactElement {
  return (
    <div aria-live="polite" className="c-result">
      {state.at === 'failed' ? <Failed error={state.error} /> : null}
      {state.at === 'written' ? (
        <>
          <Status tone="good">Written</Status>
          <dl className="c-facts">
            <dt>File</dt>
            <dd className="c-mono c-break">{visibleText(state.written.path)}</dd>
            <dt>Rows</dt>
            <dd>{plural(state.written.rows, 'row')}</dd>
            <dt>Size</dt>
            <dd>{wholeNumber(state.written.bytes)} bytes</dd>
            <dt>SHA-256</dt>
            <dd className="c-mono c-break">{state.written.sha256}</dd>
          </dl>
          <CopyButton text={state.written.path} label="Copy path" />
        </>
      ) : null}
    </div>
  )
}
