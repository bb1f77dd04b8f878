import { Button, Group } from '@mantine/core'
import { useState, type FormEvent, type ReactElement } from 'react'

import type { UsageImport } from '../../../shared/contract/usage.ts'
import { api } from '../../data/api.ts'
import { ClientChoice } from '../../entities/client-choice.tsx'
import { PathField, type Readable } from '../../entities/path-field.tsx'
import { useScope } from '../../data/scope.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { FormFailed } from '../../ui/dialog-form.tsx'
import { visibleText } from '../../ui/text.ts'

interface TakeRecordsProps {
  readonly opened: boolean
  readonly close: () => void
}

/**
 * Imports a file of usage records by its path: it may be larger than a window can hold. Shows progress, Cancel, and
 * rejected rows.
 */
export function TakeRecords({ opened, close }: TakeRecordsProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Import usage records" size={560}>
      <TakeForm close={close} />
    </Dialog>
  )
}

const READS: readonly Readable[] = [
  { kind: 'file', title: 'Choose usage records', extensions: ['csv', 'tsv', 'jsonl', 'ndjson', 'json'] },
]

function TakeForm({ close }: { readonly close: () => void }): ReactElement {
  const { client: scope } = useScope()
  const [chosen, setChosen] = useState<string | null>(null)
  const [path, setPath] = useState('')
  const [state, setState] = useState<UsageImport | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [running, setRunning] = useState<AbortController | null>(null)
  const client = scope ?? chosen
  const take = async (): Promise<void> => {
    if (client === null) return
    const stop = new AbortController()
    setRunning(stop)
    setError(null)
    setState(null)
    try {
      for await (const reported of await api.usage.import({ client, path: path.trim() }, { signal: stop.signal }))
        setState(reported)
    } catch (reason) {
      if (!stop.signal.aborted) setError(reason)
    } finally {
      setRunning(null)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void take()
  }
  return (
    <form className="c-form" onSubmit={submit}>
      <p className="c-prose">
        CSV with headings, or one JSON object on each line: timestamp, feature, user, model, tokens, cost, request id.
        Records that were counted before are not counted again.
      </p>
      <ClientChoice chosen={chosen} choose={setChosen} />
      <PathField label="Path of the file" name="path" value={path} onChange={setPath} reads={READS} data-autofocus />
      <div aria-live="polite">{state === null ? null : <Reported state={state} />}</div>
      <FormFailed error={error} />
      <Group gap="xs" justify="flex-end">
        {running === null ? (
          <Button variant="default" onClick={close}>
            Close
          </Button>
        ) : (
          <Button variant="default" onClick={() => running.abort()}>
            Cancel
          </Button>
        )}
        <Button type="submit" loading={running !== null} disabled={client === null}>
          Import records
        </Button>
      </Group>
    </form>
  )
}

function Reported({ state }: { readonly state: UsageImport }): ReactElement {
  const { done, read, counted, repeated, refused, problems } = state
  return (
    <>
      <p className="c-prose">
        {`${done ? 'Read' : 'Reading:'} ${wholeNumber(read)} rows, ${wholeNumber(counted)} counted, ${wholeNumber(repeated)} counted before, ${wholeNumber(refused)} rejected.`}
      </p>
      {problems.length === 0 ? null : (
        <ul className="c-prose c-bullets">
          {problems.slice(0, 10).map(({ line, says }) => (
            <li key={`${line} ${says}`}>{`Line ${line}: ${visibleText(says)}`}</li>
          ))}
        </ul>
      )}
    </>
  )
}
