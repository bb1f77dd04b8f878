import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import {
  DEFAULT_PROVIDER,
  PROVIDER_IDS,
  providerName,
  readsFile,
  type ProviderId,
} from '../../../shared/domain/providers/providers.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toFailure } from '../../ui/failure.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { visibleText } from '../../ui/text.ts'
import { AccessChoice, type AccessMode } from './access-choice.tsx'
import { BaseUrlField, typedProblem } from './base-url-field.tsx'
import { CredentialField, credentialProblem } from './credential-field.tsx'
import { FileField } from './file-field.tsx'
import { FormEnd } from '../../ui/dialog-form.tsx'

interface AddConnectionProps {
  readonly close: () => void
  readonly added: (id: number) => void
}

export function AddConnectionDialog({
  opened,
  ...rest
}: AddConnectionProps & { readonly opened: boolean }): ReactElement {
  return (
    <Dialog opened={opened} onClose={rest.close} title="Add connection" size={500}>
      <AddConnection {...rest} />
    </Dialog>
  )
}

function AddConnection({ close, added }: AddConnectionProps): ReactElement {
  const { client: scope } = useScope()
  const clients = useClients()
  const [client, setClient] = useState<string | null>(scope ?? null)
  const [provider, setProvider] = useState<ProviderId>(DEFAULT_PROVIDER)
  const [label, setLabel] = useState('')
  const [baseUrl, setBaseUrl] = useState('')
  const [path, setPath] = useState('')
  const [access, setAccess] = useState<AccessMode>('read-only')
  const [credential, setCredential] = useState('')
  const add = useMutation(
    query.connection.add.mutationOptions({
      // The input contains a secret; it is removed from the window's memory with the form.
      gcTime: 0,
      onSuccess: (connection) => {
        setCredential('')
        notifyDone({ message: `Added ${visibleText(connection.label)}` })
        added(connection.id)
      },
    }),
  )
  const failure = add.isError ? toFailure(add.error) : null
  const isFile = readsFile(provider)
  const chosen = client ?? (clients.length === 1 ? (clients[0]?.slug ?? null) : null)
  const isRefused = isFile
    ? path.trim() === ''
    : credentialProblem(provider, credential) !== null || typedProblem(baseUrl) !== null
  const submit = (): void => {
    if (chosen === null || isRefused) return
    const common = { client: chosen, provider, label: label.trim() }
    if (isFile) {
      add.mutate({ ...common, path: path.trim() })
      return
    }
    const input: Inputs['connection']['add'] = {
      ...common,
      access,
      baseUrl: baseUrl.trim() === '' ? null : baseUrl.trim(),
    }
    add.mutate(credential.trim() === '' ? input : { ...input, credential: credential.trim() })
  }
  return (
    <form
      className="c-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Select
        label="Client"
        required
        searchable
        readOnly={scope !== undefined}
        description={scope === undefined ? undefined : 'Limited to the selected client'}
        placeholder="The client that owns the organization"
        value={chosen}
        onChange={setClient}
        data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
        error={failure?.field === 'client' ? failure.message : undefined}
      />
      <div>
        <div className="c-label" id="provider-label">
          Provider
        </div>
        <SegmentedControl
          aria-labelledby="provider-label"
          value={provider}
          onChange={setProvider}
          data={PROVIDER_IDS.map((id) => ({ value: id, label: providerName(id) }))}
        />
      </div>
      <TextInput
        label="Label"
        description="Optional. Shown in lists; the default is the provider’s name, or the platform of a file"
        value={label}
        maxLength={120}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      {isFile ? (
        <FileField value={path} onChange={setPath} error={failure?.field === 'path' ? failure.message : undefined} />
      ) : (
        <>
          <CredentialField provider={provider} value={credential} onChange={setCredential} />
          <AccessChoice value={access} onChange={setAccess} />
          <BaseUrlField
            provider={provider}
            description="Only if you use a gateway or proxy"
            value={baseUrl}
            onChange={setBaseUrl}
          />
        </>
      )}
      <FormEnd
        verb="Add connection"
        error={failure?.field === 'path' ? null : add.error}
        busy={add.isPending}
        disabled={chosen === null || isRefused}
        close={close}
      />
    </form>
  )
}
