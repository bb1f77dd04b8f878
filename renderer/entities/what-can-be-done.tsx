import { Button } from '@mantine/core'
import { skipToken } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import type { FindingRow } from '../../shared/contract/findings.ts'
import type { RemediationOrigin } from '../../shared/contract/remediation.ts'
import { query } from '../data/api.ts'
import { ButtonLink } from '../ui/button-link.tsx'
import { LongList } from '../ui/panel/long-list.tsx'
import { PanelSection } from '../ui/panel/panel-section.tsx'
import { Failed } from '../ui/states.tsx'
import { visibleText } from '../ui/text.ts'
import { useQuery } from '../ui/use-query.ts'
import { toOffers, toChangeRequest, type Offer } from './offers.ts'
import classes from './what-can-be-done.module.css'
import { useAddRemediations } from './use-add-remediations.ts'
import { ValuesForm } from './values-form.tsx'

/**
 * The possible changes for a finding or an item: each can be added to remediation, which sends nothing.
 * Nothing is shown without one.
 */
export function WhatCanBeDone({ origins }: { readonly origins: readonly RemediationOrigin[] }): ReactElement | null {
  const { isError, error, refetch, data } = useQuery(
    query.remediation.proposals.queryOptions({ input: origins.length === 0 ? skipToken : { origins: [...origins] } }),
  )
  if (isError) {
    return (
      <PanelSection title="Actions">
        <Failed error={error} retry={() => void refetch()} />
      </PanelSection>
    )
  }
  const offers = toOffers(data ?? [])
  if (offers.length === 0) return null
  return (
    <PanelSection title="Actions">
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
    // The link replaces the button that had the focus.
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
            aria-label={`Add to remediation: ${says}`}
            aria-expanded={offer.needs.length === 0 ? undefined : asking}
            loading={busy}
            onClick={() => (offer.needs.length === 0 ? add([toChangeRequest(offer)]) : setAsking(!asking))}
          >
            Add to remediation
          </Button>
        ) : (
          <ButtonLink
            ref={link}
            to="/remediation"
            search={{ remediation: offer.remediationId }}
            size="compact-xs"
            variant="subtle"
            aria-label={`Added to remediation: ${says}`}
          >
            Added
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

/** At most this many findings of one thing are asked for their possible changes. */
const LOOKED_AT = 20

interface AboutSubjectProps {
  readonly kind: FindingRow['subject']['kind']
  readonly id: number
}

/** The possible changes for the open findings of a thing, in its panel. */
export function WhatCanBeDoneAbout({ kind, id }: AboutSubjectProps): ReactElement {
  const findings = useQuery(
    query.findings.list.queryOptions({ input: { subjectKind: kind, subjectId: id, limit: LOOKED_AT } }),
  )
  const origins = (findings.data?.rows ?? []).map((row) => ({ kind: 'finding', id: row.findingId }) as const)
  return <WhatCanBeDone origins={origins} />
}
