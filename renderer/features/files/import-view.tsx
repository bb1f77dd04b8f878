import { Button, Checkbox, Select } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import type { ImportKind } from '../../../shared/contract/files.ts'
import {
  CALLED_PROVIDER_IDS,
  DEFAULT_PROVIDER,
  providerName,
  type CalledProviderId,
} from '../../../shared/domain/providers/providers.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { ChooseFile, type ChosenFile } from './choose-file.tsx'
import { kindOfFile, KINDS, remapped } from './import-choice.ts'
import { ImportDone } from './done.tsx'
import { PlanView } from './plan-view.tsx'
import { useImport } from './use-import.ts'
import layout from '../../entities/form-and-preview.module.css'

type ImportInput = Inputs['files']['plan']

/** Imports a file into the register: choose, check the dry run, correct the columns, import. */
export function ImportView(): ReactElement {
  const { client: scope } = useScope()
  const clients = useClients()
  const [chosenClient, setClient] = useState<string | null>(null)
  const [kind, setKind] = useState<ImportKind>('register')
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [connection, setConnection] = useState<string | null>(null)
  const [provider, setProvider] = useState<CalledProviderId>(DEFAULT_PROVIDER)
  const [completeChosen, setComplete] = useState<boolean | null>(null)
  const plan = useMutation(query.files.plan.mutationOptions())
  const run = useImport()
  // A register is usually complete; a CSV is more often a part.
  const complete = completeChosen ?? kind === 'register'
  const client = scope ?? chosenClient ?? (clients.length === 1 ? (clients[0]?.slug ?? null) : null)
  const connections = useQuery({
    ...query.connection.list.queryOptions({ input: client === null ? {} : { client } }),
    enabled: client !== null && kind !== 'register',
  })
  const toInput = (changes: Partial<ImportInput> = {}): ImportInput | null =>
    client === null || file === null
      ? null
      : {
          client,
          kind,
          fileName: file.name,
          content: file.content,
          provider,
          complete,
          // Corrections are kept when other choices change.
          ...(plan.data?.kind === kind && kind !== 'register' ? { mapping: plan.data.mapping } : {}),
          ...(connection === null || kind === 'register' ? {} : { connection: Number(connection) }),
          ...changes,
        }
  const look = (changes: Partial<ImportInput> = {}): void => {
    run.reset()
    const input = toInput(changes)
    if (input !== null) plan.mutate(input)
  }
  const chooseFile = (next: ChosenFile): void => {
    const guessed = kindOfFile(next.name) ?? kind
    setFile(next)
    setKind(guessed)
    run.reset()
    plan.reset()
    setComplete(null)
    if (client !== null) {
      plan.mutate({
        client,
        kind: guessed,
        fileName: next.name,
        content: next.content,
        provider,
        complete: guessed === 'register',
      })
    }
  }
  return (
    <div className={layout['both']}>
      <section className={`c-card ${layout['form']}`} aria-label="What to import">
        <Select
          label="Client"
          required
          searchable
          readOnly={scope !== undefined}
          description={scope === undefined ? undefined : 'Limited to the selected client'}
          placeholder="The client that the register belongs to"
          value={client}
          onChange={(slug) => {
            setClient(slug)
            setConnection(null)
            if (slug !== null) look({ client: slug, connection: undefined })
          }}
          data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
        />
        <Select
          label="Content"
          allowDeselect={false}
          description={KINDS.find(({ value }) => value === kind)?.about}
          value={kind}
          onChange={(value) => {
            if (value === null) return
            setKind(value)
            setComplete(null)
            look({
              kind: value,
              mapping: undefined,
              complete: value === 'register',
              ...(value === 'register' ? { connection: undefined } : {}),
            })
          }}
          data={KINDS.map(({ value, label }) => ({ value, label }))}
        />
        {kind === 'register' ? null : (
          <>
            <Select
              label="Into the connection"
              clearable
              placeholder="A new one for the provider below"
              value={connection}
              onChange={(id) => {
                setConnection(id)
                look({ connection: id === null ? undefined : Number(id) })
              }}
              data={(connections.data ?? []).map((each) => ({
                value: String(each.id),
                label: `${visibleText(each.label)} (${providerName(each.provider)})`,
              }))}
            />
            {connection === null ? (
              <Select
                label="Provider of the new connection"
                allowDeselect={false}
                value={provider}
                onChange={(value) => {
                  if (value === null) return
                  setProvider(value)
                  look({ provider: value })
                }}
                data={CALLED_PROVIDER_IDS.map((id) => ({ value: id, label: providerName(id) }))}
              />
            ) : null}
          </>
        )}
        <Checkbox
          label="Complete list"
          description="Entries missing from this file are closed"
          checked={complete}
          onChange={(event) => {
            setComplete(event.currentTarget.checked)
            look({ complete: event.currentTarget.checked })
          }}
        />
        <ChooseFile file={file} choose={chooseFile} />
        {file !== null && plan.data === undefined ? (
          <Button disabled={client === null} loading={plan.isPending} onClick={() => look()}>
            Preview
          </Button>
        ) : null}
      </section>
      <section className={`c-card ${layout['preview']}`} aria-label="Dry run" aria-live="polite">
        {run.result !== null ? (
          <ImportDone
            result={run.result}
            again={() => {
              setFile(null)
              plan.reset()
              run.reset()
            }}
          />
        ) : plan.isPending ? (
          <Loading what="the dry run" rows={10} />
        ) : plan.isError ? (
          <Failed error={plan.error} retry={() => look()} />
        ) : plan.data ? (
          <PlanView
            plan={plan.data}
            progress={run.progress}
            fileName={file?.name ?? ''}
            error={run.error}
            cancel={run.cancel}
            correct={(column, field) => look({ mapping: remapped(plan.data.mapping, column, field) })}
            run={() => {
              const input = toInput()
              if (input !== null) void run.run(input, look)
            }}
          />
        ) : (
          <Empty icon={IconFileImport} title="Preview before import">
            Choose a file: a dry run lists what would be added, changed and rejected, row by row with the reason.
          </Empty>
        )}
      </section>
    </div>
  )
}
