import type { QueryClient } from '@tanstack/react-query'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { query } from '../../data/api.ts'

type PreviewInput = Inputs['policy']['preview']

/** The query of a preview, whose answer is not kept: it is of the moment in which it was asked for. */
export function previewOptions(input: PreviewInput) {
  return { ...query.policy.preview.queryOptions({ input }), staleTime: 0, gcTime: 0 }
}

/** Ends a preview that is being computed, in the service as well: a query that is only disabled goes on to its end. */
export async function cancelPreview(queryClient: QueryClient, input: PreviewInput): Promise<void> {
  await queryClient.cancelQueries({ queryKey: previewOptions(input).queryKey, exact: true })
}
