import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { RemediationOrigin } from '../../../shared/contract/remediation.ts'
import { query } from '../../data/api.ts'
import { Named } from '../../ui/named.tsx'
import { useQuery } from '../../ui/use-query.ts'

export function OriginLink({ origin }: { readonly origin: RemediationOrigin | null }): ReactElement {
  if (origin === null) return <span className="c-quiet">Requested directly</span>
  if (origin.kind === 'finding') return <FindingOrigin findingId={origin.id} />
  if (origin.kind === 'person') return <PersonOrigin personId={origin.id} />
  if (origin.kind === 'key') return <KeyOrigin keyId={origin.id} />
  if (origin.kind === 'plan') return <PlanOrigin planId={origin.id} />
  return <ReviewOrigin itemId={origin.id} />
}

function FindingOrigin({ findingId }: { readonly findingId: number }): ReactElement {
  const finding = useQuery(query.findings.get.queryOptions({ input: { findingId } })).data
  return (
    <Link to="/findings" search={{ view: 'all', state: finding?.row.state, finding: findingId }}>
      {finding === undefined ? 'A finding' : `Finding: ${finding.row.rule.title}`}
    </Link>
  )
}

function PersonOrigin({ personId }: { readonly personId: number }): ReactElement {
  const person = useQuery(query.people.get.queryOptions({ input: { personId } })).data
  return (
    <Link to="/people" search={{ person: personId }}>
      <Named text={person?.row.name ?? person?.row.email} otherwise="A person" />
    </Link>
  )
}

function KeyOrigin({ keyId }: { readonly keyId: number }): ReactElement {
  const key = useQuery(query.keys.get.queryOptions({ input: { keyId } })).data
  return (
    <Link to="/keys" search={{ key: keyId }}>
      {'Key: '}
      <Named text={key?.row.name} otherwise="A key" />
    </Link>
  )
}

function PlanOrigin({ planId }: { readonly planId: number }): ReactElement {
  const plan = useQuery(query.plan.get.queryOptions({ input: { planId } })).data
  return (
    <Link to="/plans" search={{ plan: planId, tab: 'drift' }}>
      {'Plan: '}
      <Named text={plan?.row.title} otherwise="A plan" />
    </Link>
  )
}

function ReviewOrigin({ itemId }: { readonly itemId: number }): ReactElement {
  const item = useQuery(query.reviews.item.queryOptions({ input: { itemId } })).data
  if (item === undefined) return <>A review</>
  return (
    <Link to="/reviews" search={{ review: item.reviewId, item: itemId }}>
      {`Review ${item.reviewId}: `}
      <Named text={item.name} otherwise="No name" />
    </Link>
  )
}

const ORIGINS: Readonly<Record<RemediationOrigin['kind'], string>> = {
  finding: 'Finding',
  'review-item': 'Review',
  person: 'Person',
  plan: 'Plan',
  key: 'Key',
}

/** The kind of origin in a word, for lists. */
export function originWord(origin: RemediationOrigin | null): string {
  return origin === null ? 'Direct' : ORIGINS[origin.kind]
}
