import { Button, Group, Loader } from '@mantine/core'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useRef, useState, type ReactElement } from 'react'

import type { Outputs, Inputs } from '../../../shared/contract/contract.ts'
import { Failed } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import type { PolicyInput } from './policy-values.ts'
import { nounFor } from '../../../shared/domain/counted.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { query } from '../../data/api.ts'

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
  const input = { client, values }
  const preview = useQuery({ ...previewOptions(input), enabled: isAsked })
  const queryClient = useQueryClient()
  const button = useRef<HTMLButtonElement>(null)
  const isComputing = isAsked && preview.isFetching
  return (
    <div>
      <Group gap="xs">
        {/* While it computes it cannot be pressed, and keeps the focus, which a disabled button loses. */}
        <Button
          ref={button}
          variant="default"
          disabled={disabled}
          {...(isComputing ? { 'data-disabled': true, 'aria-disabled': true, leftSection: <Loader size={14} /> } : {})}
          onClick={() => {
            if (isComputing) return
            if (isAsked) void preview.refetch()
            else setAsked(now)
          }}
        >
          Preview findings
        </Button>
        {isComputing ? (
          <Button
            variant="subtle"
            onClick={() => {
              setAsked(null)
              void cancelPreview(queryClient, input)
              button.current?.focus()
            }}
          >
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
      <ul className="c-help c-bullets">
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

interface Difference {
  readonly more: number
  readonly fewer: number
}

/** `3 findings more, 1 fewer`; null where nothing differs. */
export function describeDifference({ more, fewer }: Difference): string | null {
  if (more === 0 && fewer === 0) return null
  const noun = (count: number): string => `${wholeNumber(count)} ${nounFor(count, 'finding', 'findings')}`
  if (more === 0) return `${noun(fewer)} fewer`
  return fewer === 0 ? `${noun(more)} more` : `${noun(more)} more, ${wholeNumber(fewer)} fewer`
}

type PreviewInput = Inputs['policy']['preview']

/** The query of a preview, whose answer is not kept: it is of the moment in which it was asked for. */
export function previewOptions(input: PreviewInput) {
  return { ...query.policy.preview.queryOptions({ input }), staleTime: 0, gcTime: 0 }
}

/** Ends a preview that is being computed, in the service as well: a query that is only disabled goes on to its end. */
export async function cancelPreview(queryClient: QueryClient, input: PreviewInput): Promise<void> {
  await queryClient.cancelQueries({ queryKey: previewOptions(input).queryKey, exact: true })
}
