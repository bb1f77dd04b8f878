import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { RecommendationRow } from '../../../shared/contract/recommendations.ts'
import { query } from '../../data/api.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, PanelSection, TextFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { ImpactLink } from '../../entities/impact-link.tsx'
import { WhatCanBeDoneAbout } from '../../entities/what-can-be-done.tsx'
import { Evidence } from '../../entities/recommendation-evidence.tsx'
import { recommendationWord, changeWord, sureWord } from '../../entities/recommendation-labels.ts'

interface RecommendationPanelProps {
  readonly rowKey: string
  readonly onClose: () => void
}

/** One recommendation: the smaller role, the evidence, the confidence, and the button that adds it to remediation. */
export function RecommendationPanel({ rowKey, onClose }: RecommendationPanelProps): ReactElement {
  const recommendations = useQuery(query.recommendations.get.queryOptions({ input: { rowKey } }))
  const row = recommendations.data
  return (
    <SidePanel
      kind={row === undefined ? 'Recommendation' : recommendationWord(row.kind)}
      title={row === undefined ? 'Recommendation' : <Named text={row.principal.name} otherwise="No name" />}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={row === undefined ? undefined : <Status tone={sureWord(row.sure).tone}>{sureWord(row.sure).word}</Status>}
      onClose={onClose}
    >
      {row ? (
        <Details row={row} />
      ) : recommendations.error ? (
        <Failed error={recommendations.error} retry={() => void recommendations.refetch()} />
      ) : (
        <Loading what="the recommendation" rows={6} />
      )}
    </SidePanel>
  )
}

function Details({ row }: { readonly row: RecommendationRow }): ReactElement {
  return (
    <>
      <PanelSection title="Recommendation">
        <p className="c-prose">{visibleText(row.says)}</p>
        <Facts>
          <TextFact name="Recommended" text={changeWord(row)} />
          <Fact name="Where">
            {row.project === null ? (
              'The organization'
            ) : (
              <Link to="/projects" search={{ project: row.project.id }} className="c-link">
                <Named text={row.project.name} />
              </Link>
            )}
          </Fact>
          <TextFact name="Connection" text={row.connection.label} />
          {row.principal.personId === null ? null : (
            <Fact name="Person">
              <Link to="/people" search={{ person: row.principal.personId }} className="c-link">
                <Named text={row.principal.name} />
              </Link>
            </Fact>
          )}
        </Facts>
      </PanelSection>
      <PanelSection
        title="Evidence"
        actions={
          row.key === null ? (
            <ImpactLink kind="principal" id={row.principal.id} />
          ) : (
            <ImpactLink kind="key" id={row.key.id} />
          )
        }
      >
        <Evidence row={row} />
      </PanelSection>
      <PanelSection title="Confidence">
        <p className="c-prose">{row.sureBecause}</p>
      </PanelSection>
      {row.key === null ? (
        <PanelSection title="What to do" actions={<Review client={row.client.slug} />}>
          <p className="c-prose">
            {`Ask whether the role is needed. A review of ${row.project === null ? 'roles' : 'membership'} decides about it, and its decision is added to remediation.`}
          </p>
        </PanelSection>
      ) : (
        <PanelSection title="What to do" actions={<Keyless client={row.client.slug} keyId={row.key.id} />}>
          <p className="c-prose">
            Move the program that has the key to the federation rule; the keyless plan has the steps and the last day of
            the key. Then end the key.
          </p>
        </PanelSection>
      )}
      {row.key === null ? (
        <WhatCanBeDoneAbout kind="principal" id={row.principal.id} />
      ) : (
        <WhatCanBeDoneAbout kind="key" id={row.key.id} />
      )}
    </>
  )
}

function Keyless({ client, keyId }: { readonly client: string; readonly keyId: number }): ReactElement {
  return (
    <ButtonLink to="/rotation/keyless" search={{ client, key: keyId }} variant="subtle" size="compact-xs">
      Keyless plan
    </ButtonLink>
  )
}

function Review({ client }: { readonly client: string }): ReactElement {
  return (
    <ButtonLink to="/reviews" search={{ client }} variant="subtle" size="compact-xs">
      Reviews
    </ButtonLink>
  )
}
