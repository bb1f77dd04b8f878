import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { RestrictionFilter, RestrictionRow } from '../../shared/contract/access.ts'
import type { RestrictionKind } from '../../shared/domain/facts.ts'
import { query } from '../data/api.ts'
import { Named } from '../ui/named.tsx'
import { LongList } from '../ui/panel/long-list.tsx'
import { PanelSection } from '../ui/panel/panel-section.tsx'
import { plural } from '../ui/relative.ts'
import { Failed } from '../ui/states.tsx'
import { visibleText } from '../ui/text.ts'

const MOST = 200

const KIND: Readonly<Record<RestrictionKind, string>> = {
  guardrail: 'Guardrail',
  models: 'Permitted models',
  tools: 'Hosted tools',
  retention: 'Data retention',
  credential: 'Deposited key',
}

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
  return (
    <PanelSection title="Restrictions" count={restrictions.data.total}>
      <LongList items={restrictions.data.rows} getKey={({ restrictionId }) => restrictionId} step={5}>
        {(row) => <Restriction row={row} />}
      </LongList>
    </PanelSection>
  )
}

function Restriction({ row }: { readonly row: RestrictionRow }): ReactElement {
  return (
    <>
      <Named text={row.name} otherwise={KIND[row.kind]} /> <span className="c-quiet">{KIND[row.kind]}</span>
      <span className="c-sub">
        {visibleText(row.terms.join(' · '))}
        {row.terms.length === 0 ? 'Permits everything' : ''}
        {` · ${describeReach(row)}`}
      </span>
    </>
  )
}

/** What it narrows. */
function describeReach({ keys, members, project }: RestrictionRow): string {
  if (keys === null && members === null) return project === null ? 'the organization' : 'everything there'
  const parts = [
    ...((keys ?? 0) > 0 ? [plural(keys ?? 0, 'key')] : []),
    ...((members ?? 0) > 0 ? [plural(members ?? 0, 'user')] : []),
  ]
  return parts.length === 0 ? 'assigned to nothing' : parts.join(', ')
}
