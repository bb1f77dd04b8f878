import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { AccessRow } from '../../shared/contract/access.ts'
import { GRANT_STATE_WORDS } from '../../shared/domain/access/grant-state.ts'
import { Named } from '../ui/named.tsx'
import { LongList } from '../ui/panel/long-list.tsx'
import { visibleText } from '../ui/text.ts'
import { RoleMark } from './level.tsx'
import { pathWords, principalName, principalWord } from './access-labels.ts'

interface AccessListProps {
  readonly rows: readonly AccessRow[]
  /** Which end of a grant the rows show: `where` an account has access, or `who` has access to a project. */
  readonly by: 'where' | 'who'
}

/** Grants in a panel: the project or the account, the role, the path, and the state of one that is not effective. */
export function AccessList({ rows, by }: AccessListProps): ReactElement {
  return (
    <LongList items={rows} getKey={(row) => row.rowKey}>
      {(row) => (
        <div className="c-line">
          <span>{by === 'where' ? <Place row={row} /> : <Account principal={row.principal} />}</span>
          <span>
            <RoleMark raw={row.roleRaw} level={row.level} />
          </span>
          <span className="c-whole">
            {visibleText(pathWords(row))}
            {row.state === 'effective' ? null : ` · ${GRANT_STATE_WORDS[row.state]}`}
          </span>
        </div>
      )}
    </LongList>
  )
}

/** The project of a grant as a link, or the organization. */
function Place({ row }: { readonly row: AccessRow }): ReactElement {
  if (row.project === null) return <strong>Organization</strong>
  return (
    <Link to="/projects" search={{ project: row.project.id }} className="c-link">
      <Named text={row.project.name} />
    </Link>
  )
}

/** The account of a grant; a person is a link. */
export function Account({ principal }: Pick<AccessRow, 'principal'>): ReactElement {
  const name = <Named text={principalName(principal)} />
  return (
    <>
      {principal.personId === null ? (
        name
      ) : (
        <Link to="/people" search={{ person: principal.personId }} className="c-link">
          {name}
        </Link>
      )}
      {principal.kind === 'user' ? null : <span className="c-quiet">{` ${principalWord(principal.kind)}`}</span>}
      {principal.provisioned === true ? <span className="c-quiet">{' · SCIM'}</span> : null}
    </>
  )
}
