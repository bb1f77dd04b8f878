import { useQuery } from '@tanstack/react-query'
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
import { ImpactLink } from '../../entities/impact-link.tsx'
import { WhatCanBeDoneAbout } from '../../entities/what-can-be-done.tsx'
import { Evidence } from '../../entities/recommendation-evidence.tsx'
import { recommendationWord, changeWord, sureWord } from '../../entities/recommendation-labels.ts'

interface RecommendationPanelProps {
  readonly rowKey: string
  readonly onClose: () => void
}

/** One piece of advice: the smaller role, what it rests on, how sure it is, and the way onto the remediation list. */
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
        <Loading what="the advice" rows={6} />
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
          <TextFact name="Role → enough" text={changeWord(row)} />
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
      <PanelSection title="What is recorded" actions={<ImpactLink kind="principal" id={row.principal.id} />}>
        <Evidence row={row} />
      </PanelSection>
      <PanelSection title="How sure it is">
        <p className="c-prose">{row.sureBecause}</p>
      </PanelSection>
      <PanelSection title="What to do" actions={<Review client={row.client.slug} />}>
        <p className="c-prose">
          {`Ask whether the role is needed. A review of ${row.project === null ? 'roles' : 'membership'} decides about it, and what it decides goes on the remediation list.`}
        </p>
      </PanelSection>
      <WhatCanBeDoneAbout kind="principal" id={row.principal.id} />
    </>
  )
}

function Review({ client }: { readonly client: string }): ReactElement {
  return (
    <ButtonLink to="/reviews" search={{ client }} variant="subtle" size="compact-xs">
      Reviews
    </ButtonLink>
  )
}
