import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { FindingRow } from '../../../shared/contract/findings.ts'
import { Named } from '../../ui/named.tsx'

/** Goes to the panel of what a finding is about. */
export function SubjectLink({ row }: { readonly row: FindingRow }): ReactElement {
  const { kind, id, name, personId } = row.subject
  const text = <Named text={name} otherwise="No name" />
  if (kind === 'key') {
    return (
      <Link to="/keys" search={{ key: id }}>
        {text}
      </Link>
    )
  }
  if (kind === 'project') {
    return (
      <Link to="/projects" search={{ project: id }}>
        {text}
      </Link>
    )
  }
  if (kind === 'connection') {
    return (
      <Link to="/connections" search={{ connection: id }}>
        {text}
      </Link>
    )
  }
  return personId === null ? (
    text
  ) : (
    <Link to="/people" search={{ person: personId }}>
      {text}
    </Link>
  )
}
