import { Select } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { useScope } from '../../data/scope.ts'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'

/** Projects that are offered at a time; typing finds the others. */
const OFFERED = 50

interface ProjectChoiceProps {
  readonly chosen: { readonly id: number; readonly name: string } | null
  readonly choose: (projectId: number | undefined) => void
}

/** Chooses one of the projects in scope by typing a part of its name. */
export function ProjectChoice({ chosen, choose }: ProjectChoiceProps): ReactElement {
  const { client } = useScope()
  const [typed, setTyped] = useState('')
  const search = typed === chosen?.name ? '' : typed
  const projects = useQuery({
    ...query.projects.list.queryOptions({
      input: { client, status: 'active', limit: OFFERED, ...(search === '' ? {} : { search }) },
    }),
    placeholderData: keepAnswer({ client }),
  })
  const offered = (projects.data?.rows ?? []).map((row) => ({
    value: String(row.projectId),
    label: visibleText(row.name),
    of: client === undefined ? `${visibleText(row.client.name)} · ` : '',
    in: visibleText(row.connection.label),
  }))
  const held = chosen === null ? null : String(chosen.id)
  const known = held === null || offered.some(({ value }) => value === held)
  return (
    <Select
      label="Project"
      placeholder="Type a part of its name"
      searchable
      clearable
      w={340}
      data={known ? offered : [{ value: held, label: visibleText(chosen?.name ?? ''), of: '', in: '' }, ...offered]}
      value={held}
      onChange={(value) => choose(value === null ? undefined : Number(value))}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={projects.isPending ? 'Searching…' : 'No project found'}
      renderOption={({ option }) => {
        const row = offered.find(({ value }) => value === option.value)
        return (
          <span>
            {option.label} <span className="c-quiet">{row === undefined ? '' : `${row.of}${row.in}`}</span>
          </span>
        )
      }}
    />
  )
}
