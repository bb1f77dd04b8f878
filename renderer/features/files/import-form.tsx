import { Checkbox, Select } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import { CALLED_PROVIDER_IDS, providerName } from '../../../shared/domain/providers/providers.ts'
import { visibleText } from '../../ui/text.ts'
import { ChooseFile } from './choose-file.tsx'
import { kindOfFile, KINDS, type ImportChoice } from './import-choice.ts'
import layout from '../../entities/form-and-preview.module.css'

interface ImportFormProps {
  readonly choice: ImportChoice
  readonly choose: (change: Partial<ImportChoice>) => void
  /** True if the window is limited to one client. */
  readonly isScoped: boolean
  readonly clients: readonly { readonly slug: string; readonly name: string }[]
  /** Connections of the chosen client. */
  readonly connections: readonly Pick<Connection, 'id' | 'label' | 'provider'>[]
  /** The end of the form. */
  readonly children: ReactNode
}

/** The choice of a file and of what it is imported as. */
export function ImportForm({
  choice,
  choose,
  isScoped,
  clients,
  connections,
  children,
}: ImportFormProps): ReactElement {
  const { client, kind, file, connection, provider } = choice
  return (
    <section className={`c-card ${layout['form']}`} aria-label="What to import">
      <Select
        label="Client"
        required
        searchable
        readOnly={isScoped}
        description={isScoped ? 'Limited to the selected client' : undefined}
        placeholder="The client that the register belongs to"
        value={client}
        onChange={(slug) => choose({ client: slug, connection: null })}
        data={clients.map((each) => ({ value: each.slug, label: visibleText(each.name) }))}
      />
      <Select
        label="Content"
        allowDeselect={false}
        description={KINDS.find(({ value }) => value === kind)?.about}
        value={kind}
        onChange={(value) => {
          if (value !== null) choose({ kind: value, complete: null })
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
            onChange={(id) => choose({ connection: id })}
            data={connections.map((each) => ({
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
                if (value !== null) choose({ provider: value })
              }}
              data={CALLED_PROVIDER_IDS.map((id) => ({ value: id, label: providerName(id) }))}
            />
          ) : null}
        </>
      )}
      <Checkbox
        label="Complete list"
        description="Entries missing from this file are closed"
        checked={choice.complete ?? kind === 'register'}
        onChange={(event) => choose({ complete: event.currentTarget.checked })}
      />
      <ChooseFile
        file={file}
        choose={(next) => choose({ file: next, kind: kindOfFile(next.name) ?? kind, complete: null })}
      />
      {children}
    </section>
  )
}
