import { Checkbox, Select, TextInput } from '@mantine/core'
import { IconUsersPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { PERSONNEL_FORMATS, type PersonnelFormat } from '../../../shared/domain/people/personnel.ts'
import { query } from '../../data/api.ts'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { ChooseFile, type ChosenFile } from './choose-file.tsx'
import { remapped } from './import-choice.ts'
import { PERSONNEL_KINDS } from './personnel-choice.ts'
import { PersonnelDone } from './done.tsx'
import { PersonnelPlanView } from './personnel-plan-view.tsx'
import layout from '../../entities/form-and-preview.module.css'

type PersonnelInput = Inputs['people']['import']

const ACCEPT = '.csv,.tsv,.txt,.json,text/csv,text/plain,application/json'

/**
 * Imports an HR file: choose, check the dry run, correct the columns, import. It belongs to the agency, not to a
 * client.
 */
export function PersonnelView(): ReactElement {
  const [file, setFile] = useState<ChosenFile | null>(null)
  const [format, setFormat] = useState<PersonnelFormat | null>(null)
  const [source, setSource] = useState('')
  const [full, setFull] = useState(false)
  const [departMissing, setDepartMissing] = useState(false)
  const plan = useMutation(query.people.planImport.mutationOptions())
  const run = useMutation(
    query.people.import.mutationOptions({
      onSuccess: ({ counts }) =>
        notifyDone({ message: `Imported ${plural(counts.new + counts.update + counts.doubtful, 'person', 'people')}` }),
    }),
  )
  const toInput = (changes: Partial<PersonnelInput>): PersonnelInput | null => {
    if (file === null) return null
    const mapping = plan.data !== undefined && plan.data.format !== 'scim' ? { mapping: plan.data.mapping } : {}
    const named = source.trim() === '' ? {} : { source: source.trim() }
    const reported = format === null ? {} : { format }
    const all = { fileName: file.name, content: file.content, full, departMissing: full && departMissing }
    return { ...all, ...reported, ...named, ...mapping, ...changes }
  }
  const look = (changes: Partial<PersonnelInput> = {}): void => {
    run.reset()
    const input = toInput(changes)
    if (input !== null) plan.mutate(input)
  }
  const chooseFile = (next: ChosenFile): void => {
    setFile(next)
    run.reset()
    const named = source.trim() === '' ? {} : { source: source.trim() }
    plan.mutate({ fileName: next.name, content: next.content, full, ...named, ...(format === null ? {} : { format }) })
  }
  return (
    <div className={layout['both']}>
      <section className={`c-card ${layout['form']}`} aria-label="What to import">
        <Select
          label="Format"
          clearable
          placeholder="Detected automatically"
          value={format}
          onChange={(value) => {
            const next = PERSONNEL_FORMATS.find((each) => each === value) ?? null
            setFormat(next)
            look({ format: next ?? undefined, mapping: undefined })
          }}
          data={PERSONNEL_KINDS.map(({ value, label }) => ({ value, label }))}
        />
        <TextInput
          label="Source"
          description="Used to update the same list next time"
          placeholder={plan.data?.source ?? 'Name of the format'}
          value={source}
          maxLength={120}
          onChange={(event) => setSource(event.currentTarget.value)}
          onBlur={() => look()}
        />
        <Checkbox
          label="The file lists everyone of its source"
          description="Lists people of an earlier file who are missing from this one"
          checked={full}
          onChange={(event) => {
            setFull(event.currentTarget.checked)
            look({ full: event.currentTarget.checked, departMissing: event.currentTarget.checked && departMissing })
          }}
        />
        {full ? (
          <Checkbox
            label="Treat people missing from the file as leavers"
            description="The import marks them as leavers"
            checked={departMissing}
            onChange={(event) => {
              setDepartMissing(event.currentTarget.checked)
              look({ departMissing: event.currentTarget.checked })
            }}
          />
        ) : null}
        <ChooseFile file={file} choose={chooseFile} accept={ACCEPT} />
      </section>
      <section className={`c-card ${layout['preview']}`} aria-label="Dry run" aria-live="polite">
        {run.isSuccess ? (
          <PersonnelDone
            result={run.data}
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
          <PersonnelPlanView
            plan={plan.data}
            busy={run.isPending}
            error={run.error}
            correct={(column, field) => look({ mapping: remapped(plan.data.mapping, column, field) })}
            run={() => {
              const input = toInput({})
              if (input !== null) run.mutate(input)
            }}
          />
        ) : (
          <Empty icon={IconUsersPlus} title="Preview before import">
            Choose a file of your HR system: a dry run lists who is new, who left and still has access, and what cannot
            be read, row by row.
          </Empty>
        )}
      </section>
    </div>
  )
}
