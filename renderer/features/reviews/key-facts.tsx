import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ItemFacts } from '../../../shared/contract/reviews.ts'
import { Named } from '../../ui/named.tsx'
import { DayFact, Fact, Facts, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { AgeMark } from '../../entities/key-badges.tsx'
import { endText, keyWord } from '../../entities/key-labels.ts'
import { noOwner } from '../../entities/review-labels.ts'

/** A key at the time of the review: owner, age, purpose, and due date. */
export function KeyFacts({ facts: key }: { readonly facts: NonNullable<ItemFacts['key']> }): ReactElement {
  return (
    <PanelSection title="Key">
      <Facts>
        <Fact name={keyWord(key)}>
          <Link to="/keys" search={{ key: key.id }}>
            <Named text={key.name} otherwise="No name" />
          </Link>
          {key.status === 'active' ? null : (
            <span className="c-quiet">
              {' · '}
              <Named text={key.status} />
            </span>
          )}
        </Fact>
        <TextFact name="Key ending" text={key.hint} mono otherwise="Not shown" />
        <TextFact name="Owner" text={key.owner} otherwise={noOwner(key.ownerState)} />
        <Fact name="Age">
          <AgeMark row={key} long />
        </Fact>
        <TimeFact name="Expires" at={key.expiresAt} otherwise={endText(key.endState ?? 'none')} />
        <DayFact name="Last rotated" day={key.lastRotatedOn} show="day" otherwise="Never" />
        <DayFact name="Rotation due" day={key.dueOn} show="day" otherwise="No due date" />
        <TextFact name="Purpose" text={key.purpose} otherwise="Not known" />
        <TextFact name="Environment" text={key.environment} otherwise="Not known" />
        <TextFact name="Team" text={key.team} otherwise="Not known" />
        <TextFact name="Contact" text={key.contact} otherwise="None" />
      </Facts>
    </PanelSection>
  )
}
