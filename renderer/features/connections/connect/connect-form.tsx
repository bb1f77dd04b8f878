import { Button, Collapse, Group, Select, TextInput, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import type { Connection } from '../../../../shared/contract/connections.ts'
import { isLoopback } from '../../../../shared/domain/base-url.ts'
import { defaultLabel } from '../../../../shared/domain/connection.ts'
import {
  DEFAULT_PROVIDER,
  isProviderId,
  providerFacts,
  providerName,
  readsFile,
} from '../../../../shared/domain/providers/providers.ts'
import { visibleText } from '../../../ui/text.ts'
import { toFailure } from '../../../ui/failure.ts'
import { AccessChoice, type AccessMode } from './access-choice.tsx'
import { BaseUrlField, originFor, typedProblem } from './base-url-field.tsx'
import { CredentialField, credentialProblem } from './credential-field.tsx'
import { FileField } from './file-field.tsx'
import classes from './connect.module.css'
import { ConnectProblem } from './connect-problem.tsx'
import { findErrorFault } from './find-error-fault.ts'
import { KeyGuideLink } from './key-guide.tsx'
import { ProviderTiles } from './provider-tiles.tsx'
import { recognizeProvider, targetAddress, typeAddress, type Target } from './target.ts'
import type { ConnectValues } from './use-connect.ts'

export interface ConnectClient {
  readonly slug: string
  readonly name: string
}

interface ConnectFormProps {
  /** The clients that can be chosen; one of them alone is not asked for. */
  readonly clients: readonly ConnectClient[]
  /** The connection whose key is replaced; null for a new connection. */
  readonly replaced: Connection | null
  readonly checking: boolean
  /** The failure of the last try; null before it. */
  readonly error: unknown
  readonly connect: (values: ConnectValues, unchecked?: boolean) => void
  readonly cancelCheck: () => void
  /** Leaves the form; left out where there is nowhere to go. */
  readonly close?: (() => void) | undefined
  readonly closeLabel?: string
}

/** The key of a provider organization, recognized by its form; everything else has a default. */
export function ConnectForm(props: ConnectFormProps): ReactElement {
  const { clients, replaced, checking, error, connect, cancelCheck, close, closeLabel = 'Cancel' } = props
  const [client, setClient] = useState<string | null>(clients.length === 1 ? (clients[0]?.slug ?? null) : null)
  const [target, setTarget] = useState<Target>(() => {
    const first = replaced !== null && isProviderId(replaced.provider) ? replaced.provider : DEFAULT_PROVIDER
    return { provider: first, addresses: { [first]: replaced?.baseUrl ?? '' } }
  })
  const [credential, setCredential] = useState('')
  const [path, setPath] = useState('')
  const [label, setLabel] = useState('')
  const [access, setAccess] = useState<AccessMode>('read-only')
  const [advanced, setAdvanced] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const failure = error === null ? null : toFailure(error)
  const fault = findErrorFault(error)
  // No failure is shown during a try, so that each one moves the focus.
  const isKeyRefused = fault === 'refused' || fault === 'permission'
  useEffect(() => {
    if (isKeyRefused) form.current?.querySelector<HTMLInputElement>('[data-field="credential"] input')?.focus()
  }, [isKeyRefused])

  const { provider } = target
  const baseUrl = targetAddress(target)
  const isFile = readsFile(provider)
  // Each organization has an address of its own: the one of this machine is only where some are tried out.
  const hasOwnAddress = isLoopback(providerFacts(provider).defaultBaseUrl)
  const isComplete = isFile
    ? path.trim() !== ''
    : credential.trim() !== '' && credentialProblem(provider, credential) === null && typedProblem(baseUrl) === null
  const ready = client !== null && isComplete
  const addressField = (
    <div data-field="base-url">
      <BaseUrlField
        provider={provider}
        description={hasOwnAddress ? 'Where it runs' : 'Only if you use a gateway or proxy'}
        value={baseUrl}
        onChange={(text) => setTarget(typeAddress(target, text))}
      />
    </div>
  )
  const values = (): ConnectValues => ({ client: client ?? '', provider, credential, path, baseUrl, label, access })
  const type = (text: string): void => {
    setCredential(text)
    if (replaced === null) setTarget(recognizeProvider(target, text))
  }
  const editUrl = (): void => {
    if (!hasOwnAddress) setAdvanced(true)
    setTimeout(() => form.current?.querySelector<HTMLInputElement>('[data-field="base-url"] input')?.focus())
  }
  const named = clients.find(({ slug }) => slug === client)
  return (
    <form
      ref={form}
      className="c-form"
      noValidate
      aria-busy={checking}
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !checking) connect(values())
      }}
    >
      {replaced === null && clients.length > 1 ? (
        <ClientSelect clients={clients} value={client} onChange={setClient} />
      ) : null}
      {replaced === null ? (
        <ProviderTiles value={provider} onChange={(next) => setTarget({ ...target, provider: next })} />
      ) : null}
      {replaced === null && hasOwnAddress ? addressField : null}
      {isFile ? (
        <FileField value={path} onChange={setPath} error={failure?.field === 'path' ? failure.message : undefined} />
      ) : (
        <div data-field="credential">
          <CredentialField provider={provider} value={credential} onChange={type} takesFocus />
          <SentTo origin={originFor(provider, baseUrl)} />
        </div>
      )}
      <div className={classes['links']}>
        <KeyGuideLink provider={provider} />
        {replaced === null ? (
          <UnstyledButton className="c-link" aria-expanded={advanced} onClick={() => setAdvanced(!advanced)}>
            Advanced
          </UnstyledButton>
        ) : null}
      </div>
      {replaced === null ? (
        <Collapse expanded={advanced}>
          <div className="c-form">
            <LabelField
              placeholder={defaultLabel(visibleText(named?.name ?? 'Client'), providerName(provider), [])}
              value={label}
              onChange={setLabel}
            />
            {isFile ? null : (
              <>
                <AccessChoice value={access} onChange={setAccess} />
                {hasOwnAddress ? null : addressField}
              </>
            )}
          </div>
        </Collapse>
      ) : null}
      {error === null || failure?.field === 'path' ? null : (
        <ConnectProblem
          error={error}
          ownAddress={baseUrl.trim() !== ''}
          retry={() => connect(values())}
          editUrl={replaced === null ? editUrl : null}
          keepAnyway={fault !== null && ready && replaced === null ? () => connect(values(), true) : null}
        />
      )}
      <FormButtons
        checking={checking}
        cancelCheck={cancelCheck}
        close={close}
        closeLabel={closeLabel}
        ready={ready}
        submitLabel={replaced === null ? 'Connect' : 'Replace key'}
      />
    </form>
  )
}

interface ClientSelectProps {
  readonly clients: readonly ConnectClient[]
  readonly value: string | null
  readonly onChange: (slug: string | null) => void
}

function ClientSelect({ clients, value, onChange }: ClientSelectProps): ReactElement {
  return (
    <Select
      label="Client"
      required
      searchable
      data-autofocus={value === null || undefined}
      placeholder="The client that owns the organization"
      value={value}
      onChange={onChange}
      data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
    />
  )
}

function SentTo({ origin }: { readonly origin: string | null }): ReactElement {
  return (
    <p className="c-help">
      {'It is sent to '}
      <span className="c-mono">{origin}</span> alone.
    </p>
  )
}

interface LabelFieldProps {
  readonly placeholder: string
  readonly value: string
  readonly onChange: (label: string) => void
}

function LabelField({ placeholder, value, onChange }: LabelFieldProps): ReactElement {
  return (
    <TextInput
      label="Label"
      description="Shown in lists and messages"
      placeholder={placeholder}
      value={value}
      maxLength={120}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

interface FormButtonsProps extends Pick<ConnectFormProps, 'checking' | 'cancelCheck' | 'close' | 'closeLabel'> {
  readonly ready: boolean
  readonly submitLabel: string
}

function FormButtons(props: FormButtonsProps): ReactElement {
  const { checking, cancelCheck, close, closeLabel, ready, submitLabel } = props
  return (
    <Group justify="flex-end" gap="xs">
      {checking ? (
        <Button variant="default" onClick={cancelCheck}>
          Stop
        </Button>
      ) : close === undefined ? null : (
        <Button variant="default" onClick={close}>
          {closeLabel}
        </Button>
      )}
      <Button type="submit" loading={checking} disabled={!ready}>
        {submitLabel}
      </Button>
    </Group>
  )
}
