import type { ReactElement } from 'react'

import type { RestrictionFilter, RestrictionRow } from '../../shared/contract/access.ts'
import { query } from '../data/api.ts'
import { Named } from '../ui/named.tsx'
import { LongList } from '../ui/panel/long-list.tsx'
import { PanelSection } from '../ui/panel/panel-section.tsx'
import { Failed } from '../ui/states.tsx'
import { visibleText } from '../ui/text.ts'
import { useQuery } from '../ui/use-query.ts'
import { restrictionWords } from './restriction-words.ts'

const MOST = 200

/** In the panel of a key, a project or a person: what narrows the access. Nothing without a restriction. */
export function RestrictionsAbout({ about }: { readonly about: RestrictionFilter }): ReactElement | null {
  const restrictions = useQuery(query.access.restrictions.queryOptions({ input: { ...about, limit: MOST } }))
  if (restrictions.error) {
    return (
      <PanelSection title="Restrictions">
        <Failed error={restrictions.error} retry={() => void restrictions.refetch()} />
      </PanelSection>
    )
  }
  if (restrictions.data === undefined || restrictions.data.total === 0) return null
  const { rows, total } = restrictions.data
  return (
    <PanelSection title="Restrictions" count={total}>
      <LongList items={rows} getKey={({ restrictionId }) => restrictionId} step={5} total={total}>
        {(row) => <Restriction row={row} />}
      </LongList>
    </PanelSection>
  )
}

function Restriction({ row }: { readonly row: RestrictionRow }): ReactElement {
  const { name, kind, says } = restrictionWords(row)
  return (
    <>
      <Named text={name} /> {kind === null ? null : <span className="c-quiet">{kind}</span>}
      <span className="c-sub">{visibleText(says)}</span>
    </>
  )
}
