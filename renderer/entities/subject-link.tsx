import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { FindingRow } from '../../shared/contract/findings.ts'
import { Named } from '../ui/named.tsx'

interface SubjectLinkProps {
  /** `personId` is the person of a principal; left out when it is not known. */
  readonly subject: Pick<FindingRow['subject'], 'kind' | 'id' | 'name'> & { readonly personId?: number | null }
}

/** A link to the panel of the subject of a finding or a change; to the grants of an account without a person. */
export function SubjectLink({ subject }: SubjectLinkProps): ReactElement {
  const { kind, id, name, personId = null } = subject
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
    <Link to="/people/access" search={{ principal: id }}>
      {text}
    </Link>
  ) : (
    <Link to="/people" search={{ person: personId }}>
      {text}
    </Link>
  )
}
