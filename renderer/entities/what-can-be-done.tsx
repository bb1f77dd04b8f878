import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import type { FindingRow } from '../../shared/contract/findings.ts'
import type { RemediationOrigin } from '../../shared/contract/remediation.ts'
import { query } from '../data/api.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { LongList } from '../ui/panel/long-list.tsx'
import { PanelSection } from '../ui/panel/panel-section.tsx'
import { Failed } from '../ui/states.tsx'
import { visibleText } from '../ui/text.ts'
import { mergedProposals, readyRemovals, toChangeRequest, type Offer } from './offers.ts'
import classes from './what-can-be-done.module.css'
import { useAddRemediations } from './use-add-remediations.ts'
import { ValuesForm } from './values-form.tsx'

/**
 * What could be carried out about a finding, a person or an item: each goes on the waiting list, which sends nothing.
 * Nothing is shown where nothing can be done.
 */
export function WhatCanBeDone({ origins }: { readonly origins: readonly RemediationOrigin[] }): ReactElement | null {
  const results = useQueries({
    queries: origins.map((origin) => query.remediation.proposals.queryOptions({ input: origin })),
  })
  const { add, busy } = useAddRemediations()
  const failed = results.find((result) => result.isError)
  if (failed !== undefined) {
    return (
      <PanelSection title="What can be done">
        <Failed error={failed.error} retry={() => void failed.refetch()} />
      </PanelSection>
    )
  }
  const offers = mergedProposals(origins.map((origin, at) => ({ origin, proposals: results[at]?.data ?? [] })))
  if (offers.length === 0) return null
  // Of a finding the proposals are ways to choose from; of somebody who left every removal is meant.
  const removals = origins.every((origin) => origin.kind === 'person') ? readyRemovals(offers) : []
  return (
    <PanelSection
      title="What can be done"
      actions={
        removals.length > 1 ? (
          <Button
            size="compact-xs"
            variant="subtle"
            loading={busy}
            onClick={() => add(removals.map((each) => toChangeRequest(each)))}
          >
            {`Put all ${removals.length} removals on the list`}
          </Button>
        ) : undefined
      }
    >
      <LongList items={offers} getKey={(offer) => offer.key} step={10}>
        {(offer) => <OfferLine offer={offer} />}
      </LongList>
    </PanelSection>
  )
}

function OfferLine({ offer }: { readonly offer: Offer }): ReactElement {
  const { add, busy } = useAddRemediations()
  const [asking, setAsking] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const wasOn = useRef(offer.remediationId !== null)
  const isOn = offer.remediationId !== null
  useEffect(() => {
    // The link takes the place of the button that had the keyboard.
    if (isOn && !wasOn.current && document.activeElement === document.body) link.current?.focus()
    wasOn.current = isOn
  }, [isOn])
  const says = visibleText(offer.says)
  return (
    <>
      <div className={classes['offer']}>
        <span>{says}</span>
        {offer.remediationId === null ? (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={13} aria-hidden />}
            aria-label={`Put on the list: ${says}`}
            aria-expanded={offer.needs.length === 0 ? undefined : asking}
            loading={busy}
            onClick={() => (offer.needs.length === 0 ? add([toChangeRequest(offer)]) : setAsking(!asking))}
          >
            Put on the list
          </Button>
        ) : (
          <ButtonLink
            ref={link}
            to="/remediation"
            search={{ remediation: offer.remediationId }}
            size="compact-xs"
            variant="subtle"
            aria-label={`On the list: ${says}`}
          >
            On the list
          </ButtonLink>
        )}
      </div>
      {asking && offer.remediationId === null ? (
        <ValuesForm
          offer={offer}
          busy={busy}
          close={() => setAsking(false)}
          put={(values) => {
            add([toChangeRequest(offer, values)])
            setAsking(false)
          }}
        />
      ) : null}
    </>
  )
}

/** Findings of one thing that are looked at for what can be done. */
const LOOKED_AT = 20

interface AboutSubjectProps {
  readonly kind: FindingRow['subject']['kind']
  readonly id: number
}

/** What could be carried out about the open findings of a thing, in its panel. */
export function WhatCanBeDoneAbout({ kind, id }: AboutSubjectProps): ReactElement {
  const findings = useQuery(
    query.findings.list.queryOptions({ input: { subjectKind: kind, subjectId: id, limit: LOOKED_AT } }),
  )
  const origins = (findings.data?.rows ?? []).map((row) => ({ kind: 'finding', id: row.findingId }) as const)
  return <WhatCanBeDone origins={origins} />
}
