import { DUE_KEYS, KEYS } from './keys.ts'
import type { Noun } from './noun.ts'

/** Every list that is described once, in the order of the guide. */
export const NOUNS: readonly Pick<
  Noun,
  'id' | 'title' | 'one' | 'many' | 'about' | 'none' | 'fields' | 'columns' | 'sorts'
>[] = [KEYS, DUE_KEYS]
