import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { KeyRow } from '../../shared/contract/keys.ts'
import { Named } from '../ui/named.tsx'
import { LongList } from '../ui/panel/long-list.tsx'
import { WhenDay } from '../ui/when.tsx'
import { OwnerMark, RotationMark } from './key-badges.tsx'
import { keyWord } from './key-labels.ts'

interface KeyListProps {
  readonly rows: readonly KeyRow[]
  /** The line under the name: the place, or the owner when all keys are in one place. */
  readonly by: 'place' | 'owner'
  /** All keys, where more exist than were read. */
  readonly total?: number | undefined
}

/** Keys in a panel, each with a link to its own panel. */
export function KeyList({ rows, by, total }: KeyListProps): ReactElement {
  return (
    <LongList items={rows} total={total} getKey={(row) => row.keyId}>
      {(row) => (
        <div className="c-line">
          <Link to="/keys" search={{ key: row.keyId }} className="c-link">
            <Named text={row.name} otherwise="No name" />
          </Link>
          <RotationMark rotation={row.rotation} />
          <span>{by === 'owner' ? <OwnerMark row={row} /> : <Place row={row} />}</span>
          <span className="c-tabular">
            <WhenDay day={row.rotation.dueOn} otherwise="" show="day" />
          </span>
        </div>
      )}
    </LongList>
  )
}

function Place({ row }: { readonly row: KeyRow }): ReactElement {
  return (
    <>
      {row.project === null ? keyWord(row) : <Named text={row.project.name} />}
      {' · '}
      <Named text={row.client.name} />
    </>
  )
}
