/** How many keys are due or overdue, in words. */
export function dueText(count: number): string {
  if (count === 0) return 'No key is due'
  return count === 1 ? '1 key is due' : `${count.toLocaleString('en')} keys are due`
}
