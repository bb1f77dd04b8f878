import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ItemFacts } from '../../../shared/contract/reviews.ts'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, PanelSection } from '../../ui/panel/panel-section.tsx'
import { When, WhenDay } from '../../ui/when.tsx'
import { AgeMark } from '../../entities/key-badges.tsx'
import { keyKindWord } from '../../entities/key-labels.ts'
import { noOwner } from '../../entities/review-labels.ts'

/** A key as it stood: whose, how old, what for, and when it has to be rotated. */
export function KeyFacts({ facts: key }: { readonly facts: NonNullable<ItemFacts['key']> }): ReactElement {
  return (
    <PanelSection title="Key">
      <Facts>
        <Fact name={keyKindWord(key.kind, key.tool)}>
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
        <Fact name="Hint">
          <Named text={key.hint} mono otherwise="Not shown" />
        </Fact>
        <Fact name="Owner">
          <Named text={key.owner} otherwise={noOwner(key.ownerState)} />
        </Fact>
        <Fact name="Age">
          <AgeMark row={key} long />
        </Fact>
        <Fact name="Expires">
          <When at={key.expiresAt} otherwise="Never" />
        </Fact>
        <Fact name="Last rotated">
          <WhenDay day={key.lastRotatedOn} show="day" otherwise="Not since it was made" />
        </Fact>
        <Fact name="Rotation due">
          <WhenDay day={key.dueOn} show="day" otherwise="No due day" />
        </Fact>
        <Fact name="Purpose">
          <Named text={key.purpose} otherwise="Not known" />
        </Fact>
        <Fact name="Environment">
          <Named text={key.environment} otherwise="Not known" />
        </Fact>
        <Fact name="Team">
          <Named text={key.team} otherwise="Not known" />
        </Fact>
        <Fact name="Contact">
          <Named text={key.contact} otherwise="Nobody named" />
        </Fact>
      </Facts>
    </PanelSection>
  )
}
