/**
 * An amount of dollars, exact to a nano-USD: whole micro-USD, rounded down, and the nano-USD beyond them, 0 to 999. Two
 * safe integers, since one number of nano-USD is exact only up to nine million dollars.
 */
export interface Cost {
  readonly cost: number
  readonly costNano: number
}

const NANO_PER_MICRO = 1000

/** The exact amount of a number of nano-USD; a credit is negative. */
export function costOfNano(nano: bigint): Cost {
  const costNano = Number(((nano % 1000n) + 1000n) % 1000n)
  return { cost: Number((nano - BigInt(costNano)) / 1000n), costNano }
}

/** Carries a cost to 0 to 999 nano-USD, after additions and subtractions. */
export function carriedCost({ cost, costNano }: Cost): Cost {
  const carried = Math.floor(costNano / NANO_PER_MICRO)
  return { cost: cost + carried, costNano: costNano - carried * NANO_PER_MICRO }
}

/**
 * Rows with their costs in whole micro-USD, so that the rows up to any of them add up to the exact sum, rounded once,
 * half up: the sum of many tiny costs is not lost, and each row is less than a micro-USD from its own amount.
 *
 * @example inWholeMicros([{ cost: 0, costNano: 400 }, { cost: 0, costNano: 400 }]) // costs 0 and 1
 */
export function inWholeMicros<Row extends Cost>(rows: readonly Row[]): Omit<Row, 'costNano'>[] {
  const round = newCostRounding()
  return rows.map(({ costNano, ...row }) => ({ ...row, cost: round({ cost: row.cost, costNano }) }))
}

/** Rounds the costs of rows, one after the other, as `inWholeMicros` does: for tens of thousands of rows. */
export function newCostRounding(): (cost: Cost) => number {
  let left = 0
  return ({ cost, costNano }) => {
    const whole = carriedCost({ cost, costNano: left + costNano + NANO_PER_MICRO / 2 })
    left = whole.costNano - NANO_PER_MICRO / 2
    return whole.cost
  }
}
