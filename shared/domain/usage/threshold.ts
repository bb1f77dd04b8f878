/** In per cent of the amount, rising. */
export const DEFAULT_THRESHOLDS: readonly number[] = [50, 80, 95, 100]

/** The spent percentage, whole, rounded down: a threshold that is not reached is not reported. */
export function computePercent(spent: number, amount: number): number {
  return Math.floor((spent / amount) * 100 + 1e-9)
}

/** The thresholds that a spend has reached, rising. */
export function reached(thresholds: readonly number[], spent: number, amount: number): number[] {
  return thresholds.filter((threshold) => spent * 100 >= threshold * amount)
}
