import type { SourceName } from '../../../shared/domain/source.ts'

/**
 * The reach of a caller, by what the provider reports about it. A provider whose lists answer 200 with fewer rows to a
 * lesser caller reads it first, before these lists.
 */
export interface Reach {
  /**
   * The lists that this caller gets in part, or that it may get in part since its role could not be read. Each has the reason
   * and what to do, in sentences. They end as `denied`: their rows are kept, and no earlier fact ends.
   */
  readonly partial: Readonly<Partial<Record<SourceName, string>>>
}

/** A caller that sees every row of every list that it may read. */
export const WHOLE: Reach = { partial: {} }
