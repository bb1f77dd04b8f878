import { Button, Group, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { CopyButton } from '../../ui/copy-button.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import type { Save } from './use-save.ts'

/** Where the shell has no save dialog, the path is typed here; a path that failed can be corrected. */
export function SaveTo<What>({ save, what }: { readonly save: Save<What>; readonly what: What }): ReactElement | null {
  const { state } = save
  const path = state.at === 'path' || state.at === 'failed' ? state.path : null
  if (path === null) return null
  return <PathForm key={path} initial={path} write={(to) => void save.write(what, to)} cancel={save.reset} />
}

interface PathFormProps {
  readonly initial: string
  readonly write: (path: string) => void
  readonly cancel: () => void
}

function PathForm({ initial, write, cancel }: PathFormProps): ReactElement {
  const [path, setPath] = useState(initial)
  return (
    <form
      className="c-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (path.trim() !== '') write(path.trim())
      }}
    >
      <TextInput
        label="Save to"
        description="A path on this machine; a file that is there is replaced"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'c-mono' }}
      />
      <Group gap="xs">
        <Button type="submit" disabled={path.trim() === ''}>
          Write the file
        </Button>
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}

/** What was written, or why nothing was. */
export function SaveResult({ save: { state } }: { readonly save: Pick<Save<never>, 'state'> }): ReactElement {
  return (
    <div aria-live="polite" className="c-result">
      {state.at === 'failed' ? <Failed error={state.error} /> : null}
      {state.at === 'written' ? (
        <>
          <Status tone="good">Written</Status>
          <dl className="c-facts">
            <dt>File</dt>
            <dd className="c-mono c-break">{state.written.path}</dd>
            <dt>Rows</dt>
            <dd>{plural(state.written.rows, 'row')}</dd>
            <dt>Size</dt>
            <dd>{wholeNumber(state.written.bytes)} bytes</dd>
            <dt>SHA-256</dt>
            <dd className="c-mono c-break">{state.written.sha256}</dd>
          </dl>
          <CopyButton text={state.written.path} label="Copy the path" />
        </>
      ) : null}
    </div>
  )
}
