/** Who acts: a member of a team by uid, or an operator by the name that they typed, where there is no team. */
export interface Author {
  readonly member: string | null
  readonly name: string
}

/** Members are the same by their uid alone, and names in any spelling of spaces and capitals. */
export function isSameAuthor(one: Author, other: Author): boolean {
  if (one.member !== null || other.member !== null) return one.member === other.member
  return plainName(one.name) === plainName(other.name)
}

function plainName(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase()
}

/** Who made an operation, in which place, and what they had seen. */
export interface OperationPlace {
  readonly author: Author
  /** Its place in the order that counts. */
  readonly at: number
  /** The last place that the author had seen; null for all before it, where there is one device. */
  readonly seen: number | null
}

/**
 * Of decisions about one thing, in order, those that no later one replaces: its author had seen them, or had made them. `unreplaced`:
 * those of all before `next`. Where two are left, neither author had seen the decision of the other.
 */
export function addDecision<T extends OperationPlace>(unreplaced: readonly T[], next: T): readonly T[] {
  const isUnseen = ({ at, author }: T): boolean =>
    next.seen !== null && at > next.seen && !isSameAuthor(author, next.author)
  return [...unreplaced.filter(isUnseen), next]
}
