import { ColorInput, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState, type ReactElement } from 'react'

import type { Client } from '../../../shared/contract/clients.ts'
import { CLIENT_COLOURS } from '../../../shared/domain/client.ts'
import { clientProblems, type ClientValues } from './client-values.ts'
import { FormEnd, useFirstFocus } from '../../ui/dialog-form.tsx'
import { useTyped } from '../../ui/kept.tsx'

interface ClientFormProps {
  readonly initial: ClientValues
  /** `Add client`, `Save`. */
  readonly verb: string
  readonly save: (values: ClientValues) => Promise<Client>
  readonly saved: (client: Client, values: ClientValues) => void
  readonly setTyped?: (isTyped: boolean) => void
  readonly cancel?: (() => void) | undefined
}

/** Name, kind, colour, e-mail domains and notes of a client. */
export function ClientForm({ initial, verb, save, saved, setTyped, cancel }: ClientFormProps): ReactElement {
  const [error, setError] = useState<unknown>(null)
  const form = useForm<ClientValues>({ initialValues: initial, validate: clientProblems })
  const place = useFirstFocus()
  useTyped(form.isDirty(), setTyped)
  const submit = async (values: ClientValues): Promise<void> => {
    setError(null)
    try {
      saved(await save(values), values)
    } catch (cause) {
      setError(cause)
    }
  }
  return (
    <form ref={place} className="c-form" onSubmit={form.onSubmit(submit)} noValidate>
      <TextInput
        label="Name"
        placeholder="Acme Corp"
        required
        name="name"
        data-autofocus
        {...form.getInputProps('name')}
      />
      <div>
        <div className="c-label" id="client-kind">
          Kind
        </div>
        <SegmentedControl
          aria-labelledby="client-kind"
          data={[
            { value: 'client', label: 'Client' },
            { value: 'internal', label: 'Internal' },
          ]}
          {...form.getInputProps('kind')}
        />
        <p className="c-help">Internal: your own organization. Its people never count as external.</p>
      </div>
      <ColorInput
        label="Colour"
        name="colour"
        description="Marks the window while only this client is shown"
        placeholder="Automatic"
        format="hex"
        swatches={[...CLIENT_COLOURS]}
        withEyeDropper={false}
        fixOnBlur={false}
        {...form.getInputProps('colour')}
      />
      <TextInput
        label="E-mail domains"
        name="domains"
        description="People with other addresses count as external"
        placeholder="acme.example, acme.test"
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('domains')}
      />
      <Textarea label="Notes" name="notes" autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
      <FormEnd verb={verb} error={error} busy={form.submitting} close={cancel} />
    </form>
  )
}
