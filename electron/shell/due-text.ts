import { nounFor } from '../../shared/domain/counted.ts'

/** How many keys are due or overdue, in words. */
export function dueText(count: number): string {
  if (count === 0) return 'No key is due'
  return `${count.toLocaleString('en')} ${nounFor(count, 'key is', 'keys are')} due`
}
