import { z } from 'zod'

import { SERVICE_ACCOUNT_SORTS } from '../../../shared/contract/access.ts'
import { CREDENTIALS } from '../../../shared/domain/access/credential.ts'
import { direction } from '../../../shared/contract/common.ts'
import { idParam, manyParam, textParam } from '../../data/search-params.ts'

/** The filters and sort of the roster of service accounts. */
export const searchSchema = z.object({
  q: textParam,
  connection: idParam,
  credential: manyParam(z.enum(CREDENTIALS)),
  privileged: z.boolean().optional().catch(undefined),
  sort: z.enum(SERVICE_ACCOUNT_SORTS).optional().catch(undefined),
  dir: direction.optional().catch(undefined),
})

export type ServiceAccountsSearch = z.output<typeof searchSchema>
