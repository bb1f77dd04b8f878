import { createContext, use } from 'react'

/** Where the guide explains the lists: a topic each, null for a list that it does not have. */
export interface ListTopics {
  /** The topic of a column, by the id of its list and the words of its heading. */
  readonly column: (list: string, heading: string) => string | null
  /** The topic of a list without rows. */
  readonly empty: (list: string) => string | null
}

/** Provided by `app`: the lists know no topics of their own. */
export const ListTopicsContext = createContext<ListTopics>({ column: () => null, empty: () => null })

export function useListTopics(): ListTopics {
  return use(ListTopicsContext)
}

/** The topic of an empty state inside; null: the paragraph of the present page. */
export const EmptyTopic = createContext<string | null>(null)
