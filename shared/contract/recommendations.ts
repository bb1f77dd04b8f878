import { z } from 'zod'

import { RECOMMENDATIONS, recommendationRow } from '../nouns/recommendations.ts'
import { clientRef, connectionRef, listInput, operation, readSlice } from './common.ts'

export type { RecommendationRow } from '../nouns/recommendations.ts'

export const recommendationContract = {
  /**
   * Access that exceeds its use in the last 90 days, by recorded facts alone: people of whom the provider reports
   * nothing get no recommendation. `silent` counts them, by connection; of the one person, where one is named.
   */
  list: operation.input(listInput(RECOMMENDATIONS)).output(
    readSlice(recommendationRow).extend({
      silent: z.array(
        z.object({ client: clientRef, connection: connectionRef, people: z.number().int(), says: z.string() }),
      ),
    }),
  ),
  /** One row of the list by its `rowKey`; NOT_FOUND once it is no longer recommended. */
  get: operation.input(z.object({ rowKey: z.string().max(100) })).output(recommendationRow),
}
