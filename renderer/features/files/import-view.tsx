import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { NO_CHOICE, remapped, toImportInput, type ImportChoice, type ImportInput } from './import-choice.ts'
import { ImportDone } from './done.tsx'
import { ImportForm } from './import-form.tsx'
import { PlanView } from './plan-view.tsx'
import { useImport } from './use-import.ts'
import layout from '../../entities/form-and-preview.module.css'

/** Imports a file into the register: choose, check the dry run, correct the columns, import. */
export function ImportView(): ReactElement {
  const { client: scope } = useScope()
  const clients = useClients()
  const [chosen, setChosen] = useState(NO_CHOICE)
  const plan = useMutation(query.files.plan.mutationOptions())
  const run = useImport()
  const only = clients.length === 1 ? (clients[0]?.slug ?? null) : null
  const complete = (choice: ImportChoice): ImportChoice => ({ ...choice, client: scope ?? choice.client ?? only })
  const choice = complete(chosen)
  const { client, kind, file } = choice
  const connections = useQuery({
    ...query.connection.list.queryOptions({ input: client === null ? {} : { client } }),
    enabled: client !== null && kind !== 'register',
  })
  /** The corrections of the dry run, which are kept when other choices change. */
  const mapping = plan.data?.kind === kind ? plan.data.mapping : undefined
  const look = (to: ImportChoice, corrected: ImportInput['mapping']): void => {
    run.reset()
    const input = toImportInput(to, corrected)
    if (input !== null) plan.mutate(input)
  }
  const lookAgain = (): void => look(choice, mapping)
  const choose = (change: Partial<ImportChoice>): void => {
    const next = complete({ ...chosen, ...change })
    // A large file is read while other choices are made.
    setChosen((now) => ({ ...now, ...change }))
    if (change.file !== undefined) plan.reset()
    look(next, change.file === undefined && change.kind === undefined ? mapping : undefined)
  }
  return (
    <div className={layout['both']}>
      <ImportForm
        choice={choice}
        choose={choose}
        isScoped={scope !== undefined}
        clients={clients}
        connections={connections.data ?? []}
      >
        {file !== null && plan.data === undefined ? (
          <Button disabled={client === null} loading={plan.isPending} onClick={lookAgain}>
            Preview
          </Button>
        ) : null}
      </ImportForm>
      <section className={`c-card ${layout['preview']}`} aria-label="Dry run" aria-live="polite">
        {run.result !== null ? (
          <ImportDone
            result={run.result}
            again={() => {
              setChosen({ ...chosen, file: null })
              plan.reset()
              run.reset()
            }}
          />
        ) : plan.isPending ? (
          <Loading what="the dry run" rows={10} />
        ) : plan.isError ? (
          <Failed error={plan.error} retry={lookAgain} />
        ) : plan.data ? (
          <PlanView
            plan={plan.data}
            progress={run.progress}
            fileName={file?.name ?? ''}
            error={run.error}
            cancel={run.cancel}
            correct={(column, field) => look(choice, remapped(plan.data.mapping, column, field))}
            run={() => {
              const input = toImportInput(choice, mapping)
              if (input !== null) void run.run(input, lookAgain)
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
