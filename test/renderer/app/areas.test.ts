import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'
import type { z } from 'zod'

import { AREAS } from '../../../renderer/app/areas.ts'
import { frame } from '../../../renderer/data/areas.ts'
import { contract } from '../../../shared/contract/contract.ts'

const FEATURES = resolve(import.meta.dirname, '../../../renderer/features')

/** Shown over the frame or instead of it, without an address. */
const WITHOUT_ADDRESS = ['first-run']

/** Search params with an id that stay when the scope changes. */
const KEPT = ['/plans plan', '/plans other', '/changes from', '/changes to', '/findings subject', '/usage/budgets edit']

describe('areas', () => {
  it('the list of areas contains every feature', () => {
    const features = readdirSync(FEATURES).filter((name) => existsSync(join(FEATURES, name, 'area.ts')))
    expect(features).toHaveLength(AREAS.length)
    const others = readdirSync(FEATURES).filter((name) => !features.includes(name))
    expect(others).toEqual(WITHOUT_ADDRESS)
  })

  it('every part of the contract belongs to exactly one area, which refetches it', () => {
    const owned = [frame, ...AREAS].flatMap((area) => Object.keys(area.options.staticData.reads))
    expect(owned.toSorted()).toEqual(Object.keys(contract).toSorted())
  })

  it('a change of scope closes everything that a search param with an id opens', () => {
    const kept = AREAS.flatMap((area) => {
      const { path, staticData } = area.options as typeof area.options & { readonly path: string }
      const search = area.options.validateSearch as unknown as z.ZodObject
      const takes = (name: string, value: unknown): boolean => search.parse({ [name]: value })[name] !== undefined
      return Object.keys(search.shape)
        .filter((name) => (takes(name, 8) || takes(name, [8])) && !takes(name, 'x'))
        .filter((name) => !staticData.opens.includes(name))
        .map((name) => `${path} ${name}`)
    })
    expect(kept).toEqual(KEPT)
  })
})
