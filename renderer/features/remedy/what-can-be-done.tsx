import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { FindingRow } from '../../../shared/contract/findings.ts'
import type { RemedyOrigin, RemedyRow } from '../../../shared/contract/remedy.ts'
import { query } from '../../app/api.ts'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Nothing, PanelSection } from '../../ui/panel/panel-section.tsx'
import { Failed } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { mergedProposals, onTheList, type Offer } from './offers.ts'
import classes from './remedy.module.css'
import { StateMark } from './state-mark.tsx'
import { useAddRemedies } from './use-add-remedies.ts'

interface WhatCanBeDoneProps {
  readonly origins: readonly RemedyOrigin[]
  /** Nothing is shown where nothing can be done; otherwise it is said. */
  readonly quiet?: boolean
}

/** What could be carried out about a finding, a person or an item: each goes on the waiting list, which sends nothing. */
export function WhatCanBeDone({ origins, quiet = false }: WhatCanBeDoneProps): ReactElement | null {
  const results = useQueries({
    queries: origins.map((origin) => query.remedy.proposals.queryOptions({ input: origin })),
  })
  const list = useQuery(query.remedy.list.queryOptions({ input: { limit: MAX_SLICE } }))
  const failed = results.find((result) => result.isError)
  const offers = mergedProposals(origins.map((origin, at) => ({ origin, proposals: results[at]?.data ?? [] })))
  const { add, busy } = useAddRemedies()
  if (failed !== undefined) {
    return (
      <PanelSection title="What can be done">
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      </PanelSection>
    )
  }
  if (results.some((result) => result.isPending) || list.isPending) return null
  if (offers.length === 0) {
    return quiet ? null : (
      <PanelSection title="What can be done">
        <Nothing>Nothing that could be carried out from here.</Nothing>
      </PanelSection>
    )
  }
  const missing = offers.filter((offer) => onTheList(offer, list.data?.rows ?? []) === undefined)
  return (
    <PanelSection
      title="What can be done"
      actions={
        missing.length > 1 ? (
          <Button size="compact-xs" variant="subtle" loading={busy} onClick={() => add(missing.map(wishOf))}>
            {`Put all ${missing.length} on the list`}
          </Button>
        ) : undefined
      }
    >
      <LongList items={offers} keyOf={(offer) => offer.key} step={10}>
        {(offer) => (
          <div className={classes['offer']}>
            <span>{visibleText(offer.says)}</span>
            <OfferAction
              offer={offer}
              row={onTheList(offer, list.data?.rows ?? [])}
              busy={busy}
              add={() => add([wishOf(offer)])}
            />
          </div>
        )}
      </LongList>
    </PanelSection>
  )
}

interface OfferActionProps {
  readonly offer: Offer
  /** The same wish, where it is on the list. */
  readonly row: RemedyRow | undefined
  readonly busy: boolean
  readonly add: () => void
}

function OfferAction({ offer, row, busy, add }: OfferActionProps): ReactElement {
  if (row !== undefined) {
    return (
      <Link to="/remedy" search={{ remedy: row.remedyId }} aria-label={`On the list: ${visibleText(offer.says)}`}>
        <StateMark state={row.state} />
      </Link>
    )
  }
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconPlus size={13} aria-hidden />}
      aria-label={`Put on the list: ${visibleText(offer.says)}`}
      loading={busy}
      onClick={add}
    >
      Put on the list
    </Button>
  )
}

function wishOf({ action, subject, values, origin }: Offer) {
  return { action, subject: { kind: subject.kind, id: subject.id }, values, origin }
}

/** Findings of one thing that are looked at for what can be done. */
const LOOKED_AT = 20

interface AboutSubjectProps {
  readonly kind: FindingRow['subject']['kind']
  readonly id: number
}

/** What could be carried out about the open findings of a thing, in its panel; nothing where nothing can be. */
export function WhatCanBeDoneAbout({ kind, id }: AboutSubjectProps): ReactElement | null {
  const findings = useQuery(
    query.findings.list.queryOptions({ input: { subjectKind: kind, subjectId: id, limit: LOOKED_AT } }),
  )
  const origins = (findings.data?.rows ?? []).map((row) => ({ kind: 'finding', id: row.findingId }) as const)
  return origins.length === 0 ? null : <WhatCanBeDone origins={origins} quiet />
}
