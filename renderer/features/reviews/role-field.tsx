import { TextInput } from '@mantine/core'
import { useId, type KeyboardEvent, type ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { roleLabel } from '../../../shared/domain/role.ts'
import { query } from '../../data/api.ts'
import { WhichRole } from '../../entities/role-table.tsx'
import classes from './reviews.module.css'
import { useQuery } from '../../ui/use-query.ts'

interface RoleFieldProps {
  /** The items whose role is to change. */
  readonly of: Inputs['reviews']['roles']
  /** The present role, which is not offered. */
  readonly now: string | null
  readonly value: string
  readonly set: (role: string) => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
}

/** The new role: one that the provider of every item has. */
export function RoleField({ of, now, value, set, onKeyDown }: RoleFieldProps): ReactElement {
  const list = useId()
  const known = useQuery(query.reviews.roles.queryOptions({ input: of })).data
  const roles = known?.filter(({ role }) => role !== now) ?? []
  const chosen = roles.find(({ role }) => role === value.trim())
  const names = roles.map(({ role }) => role).join(', ')
  const about = roles.length === 0 ? 'As the provider names it' : `As the provider names it: ${names}`
  return (
    <>
      <TextInput
        label="New role"
        description={chosen?.can ? `${roleLabel(chosen.role)}: ${chosen.can}` : about}
        className={classes['role']}
        list={list}
        value={value}
        required
        maxLength={200}
        spellCheck={false}
        onKeyDown={onKeyDown}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <datalist id={list}>
        {roles.map(({ role, can }) => (
          <option key={role} value={role}>
            {can === null ? roleLabel(role) : `${roleLabel(role)}: ${can}`}
          </option>
        ))}
      </datalist>
      <WhichRole />
    </>
  )
}
