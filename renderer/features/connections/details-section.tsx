import { Button, Group, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import { providerWords, readsFile } from '../../../shared/domain/providers/providers.ts'
import { api, query } from '../../data/api.ts'
import { Editing, type FormStart } from '../../ui/editing.tsx'
import { useTyped } from '../../ui/kept.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Fact, Facts, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { Failed } from '../../ui/states.tsx'
import { AccessChoice } from './connect/access-choice.tsx'
import { BaseUrlField, originFor, typedProblem } from './connect/base-url-field.tsx'
import { FileField } from './connect/file-field.tsx'
import type { Inputs } from '../../../shared/contract/contract.ts'

interface DetailsSectionProps {
  readonly connection: Connection
  /** True if it begins with the form. */
  readonly editing: boolean
  readonly edited: () => void
}

/** The details of the connection, and a form for those that can be changed. */
export function DetailsSection({ connection, editing: begins, edited }: DetailsSectionProps): ReactElement {
  const [editing, edit] = useDisclosure(begins)
  const close = (): void => {
    edit.close()
    edited()
  }
  if (editing) return <EditDetails connection={connection} close={close} takesFocus={begins} />
  return (
    <PanelSection
      title="Details"
      actions={
        <Button size="compact-xs" variant="subtle" onClick={edit.open}>
          Edit
        </Button>
      }
    >
      <Facts>
        <Fact name="Provider">{providerWords(connection.provider, connection.platform)}</Fact>
        <TextFact name="Organization" text={connection.organizationName} otherwise="Not known yet" />
        <TextFact name="Organization id" text={connection.organizationId} mono otherwise="Not known yet" />
        <Fact name="Access">{connection.access === 'read-only' ? 'Read only' : 'Read and write'}</Fact>
        {readsFile(connection.provider) ? (
          <TextFact name="File" text={connection.path} mono />
        ) : (
          <TextFact name="Base URL" text={connection.baseUrl} mono otherwise="The provider’s own" />
        )}
        <TimeFact name="Added" at={connection.createdAt} />
      </Facts>
    </PanelSection>
  )
}

interface EditDetailsProps {
  readonly connection: Connection
  readonly close: () => void
  /** True if the address or the file has the focus. */
  readonly takesFocus: boolean
}

function EditDetails(props: EditDetailsProps): ReactElement {
  const { id } = props.connection
  return (
    <PanelSection title="Details">
      <Editing
        of={query.connection.list.queryOptions({ input: {} })}
        find={(all) => {
          const connection = all.find((each) => each.id === id)
          return connection === undefined ? null : toValues(connection)
        }}
        what="the connection"
        saving="the changed fields"
      >
        {(edited) => <DetailsForm {...props} edited={edited} />}
      </Editing>
    </PanelSection>
  )
}

interface DetailsFormProps extends EditDetailsProps {
  readonly edited: FormStart<ConnectionValues>
}

function DetailsForm({ connection, close, takesFocus, edited }: DetailsFormProps): ReactElement {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (takesFocus) form.current?.querySelector<HTMLElement>('input.c-mono')?.focus()
  }, [takesFocus])
  const isFile = readsFile(connection.provider)
  const { began, setTyped, check } = edited
  const [values, setValues] = useState(began)
  const { label, baseUrl, access, path } = values
  const change = connectionChange(began, values)
  useTyped(Object.keys(change).length > 0, setTyped)
  const losesCredential =
    connection.credential.hint !== null &&
    originFor(connection.provider, baseUrl) !== originFor(connection.provider, began.baseUrl)
  const update = useMutation({
    mutationFn: async () => {
      await check()
      return api.connection.update({ id: connection.id, ...change })
    },
    onSuccess: () => saved(losesCredential),
  })
  const saved = (lostCredential: boolean): void => {
    notifyDone(
      lostCredential
        ? { message: 'Saved the connection and removed its credential. Set a credential for the new address' }
        : {
            message: 'Saved the connection',
            undo: () => api.connection.update({ id: connection.id, ...connectionChange(values, began) }),
          },
    )
    close()
  }
  return (
    <form
      ref={form}
      className="c-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        update.mutate()
      }}
    >
      <TextInput
        label="Label"
        value={label}
        onChange={(event) => setValues({ ...values, label: event.currentTarget.value })}
        maxLength={120}
      />
      {isFile ? (
        <FileField value={path} onChange={(next) => setValues({ ...values, path: next })} />
      ) : (
        <>
          <BaseUrlField
            provider={connection.provider}
            value={baseUrl}
            onChange={(next) => setValues({ ...values, baseUrl: next })}
          />
          {losesCredential ? (
            <p className="c-sub">
              The credential was stored for {originFor(connection.provider, began.baseUrl)}. Saving removes it. Then set
              a credential for the new address.
            </p>
          ) : null}
          <AccessChoice value={access} onChange={(next) => setValues({ ...values, access: next })} />
        </>
      )}
      {update.isError ? <Failed error={update.error} /> : null}
      <Group gap="xs">
        <Button
          type="submit"
          loading={update.isPending}
          disabled={label.trim() === '' || (isFile ? path.trim() === '' : typedProblem(baseUrl) !== null)}
        >
          Save
        </Button>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
      </Group>
    </form>
  )
}

/** The fields of a connection's form. An empty base URL means the provider's own. Only a connection to a file has a path. */
interface ConnectionValues {
  readonly label: string
  readonly baseUrl: string
  readonly access: Connection['access']
  readonly path: string
}

function toValues({ label, baseUrl, access, path }: Connection): ConnectionValues {
  return { label, baseUrl: baseUrl ?? '', access, path: path ?? '' }
}

/** The fields that were changed, alone: what others changed meanwhile stays. */
function connectionChange(
  before: ConnectionValues,
  after: ConnectionValues,
): Omit<Inputs['connection']['update'], 'id'> {
  const baseUrl = after.baseUrl.trim()
  return {
    ...(after.label.trim() === before.label.trim() ? {} : { label: after.label.trim() }),
    ...(baseUrl === before.baseUrl.trim() ? {} : { baseUrl: baseUrl === '' ? null : baseUrl }),
    ...(after.access === before.access ? {} : { access: after.access }),
    ...(after.path.trim() === before.path.trim() ? {} : { path: after.path.trim() }),
  }
}
