import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { query } from '../../data/api.ts'
import { Failed } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { describeDifference } from './difference-words.ts'
import type { PolicyInput } from './policy-values.ts'

interface PolicyPreviewProps {
  /** Undefined: the agency's policy. */
  readonly client: string | undefined
  readonly values: PolicyInput | null
  readonly disabled: boolean
}

/** A button that shows what the findings would be with the values of the form, before they are saved. */
export function PolicyPreview({ client, values, disabled }: PolicyPreviewProps): ReactElement {
  const [asked, setAsked] = useState<string | null>(null)
  const now = JSON.stringify(values)
  // Another value asks another question: the answer to the last one is not shown beside it, and no longer computed.
  const isAsked = asked === now && !disabled
  const preview = useQuery({
    ...query.policy.preview.queryOptions({ input: { client, values } }),
    enabled: isAsked,
    staleTime: 0,
    gcTime: 0,
  })
  const isComputing = isAsked && preview.isFetching
  return (
    <div>
      <Group gap="xs">
        <Button variant="default" disabled={disabled} loading={isComputing} onClick={() => setAsked(now)}>
          Preview findings
        </Button>
        {isComputing ? (
          <Button variant="subtle" onClick={() => setAsked(null)}>
            Cancel
          </Button>
        ) : null}
      </Group>
      <div aria-live="polite">
        {!isAsked || isComputing ? null : preview.isError ? (
          <Failed error={preview.error} retry={() => void preview.refetch()} />
        ) : preview.data === undefined ? null : (
          <Differences of={preview.data} ofAgency={client === undefined} />
        )}
      </div>
    </div>
  )
}

interface DifferencesProps {
  readonly of: Outputs['policy']['preview']
  readonly ofAgency: boolean
}

function Differences({ of, ofAgency }: DifferencesProps): ReactElement {
  const words = describeDifference(of)
  if (words === null) return <p className="c-prose">With these values the findings stay the same.</p>
  return (
    <>
      <p className="c-prose">{`With these values: ${words}.`}</p>
      <ul className="c-help">
        {of.rules.map((rule) => (
          <li key={rule.rule}>{`${rule.title}: ${describeDifference(rule) ?? ''}`}</li>
        ))}
        {ofAgency
          ? of.clients.map(({ client, ...difference }) => (
              <li key={client.slug}>
                <bdi>{visibleText(client.name)}</bdi>
                {`: ${describeDifference(difference) ?? ''}`}
              </li>
            ))
          : null}
      </ul>
    </>
  )
}
