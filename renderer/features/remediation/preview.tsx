import { Button } from '@mantine/core'
import { IconArrowLeft, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { RemediationPreview } from '../../../shared/contract/remediation.ts'
import { api } from '../../data/api.ts'
import { PageFrame } from '../../ui/page.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { PreviewCard } from './preview-card.tsx'
import { RunForm } from './run-form.tsx'
import { getIds, sortPreview } from '../../entities/remediation-labels.ts'

interface PreviewProps {
  readonly ids: readonly number[]
  readonly back: () => void
  readonly preview: (ids: readonly number[]) => void
  readonly ran: (result: { readonly ids: number[]; readonly stopped: string | null }) => void
}

/**
 * The exact requests that would be sent, and their impact; nothing is sent before the word is typed. The preview stays
 * unchanged while a person reads it: changes of the register do not refetch it, the run refuses when it is stale.
 */
export function Preview({ ids, back, preview, ran }: PreviewProps): ReactElement {
  const previewed = useQuery({
    queryKey: ['remediation preview', ids],
    queryFn: ({ signal }) => api.remediation.preview({ remediations: [...ids] }, { signal }),
    gcTime: 0,
  })
  const again = (): void => void previewed.refetch()
  return (
    <PageFrame
      title="Preview"
      aside={previewed.data ? plural(previewed.data.remediations.length, 'change', 'changes') : undefined}
      actions={
        <>
          <Button variant="default" leftSection={<IconArrowLeft size={14} aria-hidden />} onClick={back}>
            Back to the list
          </Button>
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={previewed.isFetching && !previewed.isPending}
            onClick={again}
          >
            Preview again
          </Button>
        </>
      }
    >
      {previewed.isPending ? (
        <Loading what="the preview" />
      ) : previewed.isError ? (
        <Failed error={previewed.error} retry={again} />
      ) : (
        <Previewed data={previewed.data} again={again} preview={preview} ran={ran} />
      )}
    </PageFrame>
  )
}

interface PreviewedProps extends Pick<PreviewProps, 'preview' | 'ran'> {
  readonly data: RemediationPreview
  readonly again: () => void
}

function Previewed({ data, again, preview, ran }: PreviewedProps): ReactElement {
  const sorted = sortPreview(data.remediations)
  const ids = getIds(data.remediations)
  return (
    <>
      {data.remediations.map((each) => (
        <PreviewCard key={each.row.remediationId} previewed={each} />
      ))}
      <RunForm
        key={data.token}
        preview={data}
        sorted={sorted}
        again={again}
        leaveOut={() => preview(getIds([...sorted.sends, ...sorted.byHand]))}
        ran={(stopped) => ran({ ids, stopped })}
      />
    </>
  )
}
