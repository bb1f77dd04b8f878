import { describe, expect, it } from 'vitest'

import {
  changePercent,
  exactMoney,
  moneyText,
  shareText,
  shortCount,
  signedDollars,
  signedMoney,
  signedPercent,
  wholeMoney,
  withMinus,
} from '../../../../shared/domain/text/amounts.ts'

describe('amounts for people', () => {
  it('have a true minus sign, and a space before the per cent sign in each direction', () => {
    expect([13, -20, 0, 1250].map(signedPercent)).toEqual(['+13 %', '−20 %', '±0 %', '+1,250 %'])
    expect(['-20', '20'].map(withMinus)).toEqual(['−20', '20'])
    expect([1_204_000_000, -12_000_000, 0, 1_000].map(signedMoney)).toEqual([
      '+$1,204.00',
      '−$12.00',
      '$0.00',
      '+<$0.01',
    ])
    expect([-500_000, 7_500_000_000, -1].map(moneyText)).toEqual(['−$0.50', '$7,500.00', '>−$0.01'])
    expect([7_500_000_000, 1_200, -1_200].map(exactMoney)).toEqual(['$7,500.00', '$0.0012', '−$0.0012'])
    expect([1_204_000_000, -2_730_000, 0].map(signedDollars)).toEqual(['+1,204.00', '−2.73', '0.00'])
  })

  it('are whole dollars in a headline from a hundred on', () => {
    expect([15_356_400_000, 99_990_000, 100_000_000, -2_000_600_000].map(wholeMoney)).toEqual([
      '$15,356',
      '$99.99',
      '$100',
      '−$2,001',
    ])
  })

  it('compare in whole per cent, half away from zero, where a dollar or more was spent before', () => {
    const dollars = ([now, before]: [number, number]): number | null => changePercent(now * 1e6, before * 1e6)
    expect(
      (
        [
          [150, 100],
          [80, 100],
          [199, 200],
          [5, 1],
        ] as [number, number][]
      ).map(dollars),
    ).toEqual([50, -20, -1, 400])
    expect(
      (
        [
          [5, 0],
          [-3.75, 0.000001],
          [3, 0.99],
          [3, -7],
        ] as [number, number][]
      ).map(dollars),
    ).toEqual([null, null, null, null])
  })
})

describe('counts in short', () => {
  it('have one decimal place below a hundred, and never a thousand of a unit', () => {
    expect(
      [0, 980, 999, 1_000, 12_340, 312_000_000, 7_412_345_678, 999_960, 999_999_999, 2e12].map(shortCount),
    ).toEqual(['0', '980', '999', '1 K', '12.3 K', '312 M', '7.4 B', '1 M', '1 B', '2 T'])
  })
})

describe('a share', () => {
  it('is shown to a tenth of a per cent, and as below that where something is so small', () => {
    expect([shareText(382, true), shareText(0, true), shareText(0, false), shareText(1000, true)]).toEqual([
      '38.2 %',
      '<0.1 %',
      '0.0 %',
      '100.0 %',
    ])
  })
})
