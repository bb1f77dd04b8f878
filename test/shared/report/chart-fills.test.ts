import { describe, expect, it } from 'vitest'

import { chartColours, identityFills } from '../../../shared/report/chart-fills.ts'
import { CLIENT_COLOURS } from '../../../shared/domain/client.ts'
import { contrast, distance, toLab, VISIONS } from '../../renderer/charts/colour-vision.ts'

const SCHEMES = ['light', 'dark'] as const

it('the distance of two colours is that of published examples', () => {
  expect(distance([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 3)
  expect(distance([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 3)
})

describe.each(SCHEMES)('the colours of things, in the %s scheme', (scheme) => {
  const { identity, rest, surface } = chartColours(scheme)

  it('have a contrast of at least 3 : 1 on the surface', () => {
    for (const colour of identity) expect([colour, contrast(colour, surface) >= 3]).toEqual([colour, true])
  })

  it.each(Object.keys(VISIONS))('are at least 15 apart as seen with %s', (vision) => {
    const seen = identity.map((colour) => toLab(colour, vision))
    const pairs = seen.flatMap((one, at) => seen.slice(at + 1).map((other) => distance(one, other)))
    expect(Math.min(...pairs)).toBeGreaterThanOrEqual(15)
  })

  it('differ from the colours of clients and from that of the rest', () => {
    const clients = identityFills(
      CLIENT_COLOURS.map((own) => ({ key: own, own })),
      scheme,
    ).map(({ colour }) => colour)
    const distances = identity.flatMap((colour) =>
      [...clients, rest].map((other) => distance(toLab(colour, 'normal'), toLab(other, 'normal'))),
    )
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(8)
  })
})

describe('the fill of a thing', () => {
  const keys = Array.from({ length: 40 }, (_, at) => `project ${at}`)

  it('has a colour that depends on nothing but what it is', () => {
    const fills = identityFills(
      keys.map((key) => ({ key })),
      'light',
    )
    const alone = keys.map((key) => identityFills([{ key }], 'light')[0]?.colour)
    expect(fills.map(({ colour }) => colour)).toEqual(alone)
    const reversed = identityFills(
      keys.toReversed().map((key) => ({ key })),
      'light',
    )
    expect(reversed.toReversed()).toEqual(fills)
    expect(new Set(alone).size).toBe(chartColours('light').identity.length)
  })

  it('is striped where another has its colour, so that twelve things have twelve fills', () => {
    const fills = identityFills(
      keys.slice(0, 12).map((key) => ({ key })),
      'dark',
    )
    expect(new Set(fills.map(({ colour, texture }) => `${colour} ${texture}`)).size).toBe(12)
  })

  it('is the client’s own colour for a client, lighter in the dark scheme', () => {
    const own = [{ key: 'acme', own: '#332288' }, null]
    expect(identityFills(own, 'light').map(({ colour }) => colour)).toEqual(['#332288', chartColours('light').rest])
    expect(identityFills(own, 'dark')[0]?.colour).toBe('#6c60a9')
  })
})
