import { describe, expect, it } from 'vitest'

import { findUnsigned } from '../../../build/pack/signing.mjs'

const ALL = new Set(['linux', 'mac', 'win'])
const RELEASE = { CASTELLAN_RELEASE_KEY: 'release.pub' }
const CERTIFICATE = { ...RELEASE, CSC_LINK: 'certificate.p12', CSC_KEY_PASSWORD: 'x' }
const NOTARY = { APPLE_API_KEY: 'key.p8', APPLE_API_KEY_ID: 'K', APPLE_API_ISSUER: 'I' }

describe('what is not signed', () => {
  it('is named for each system, with the variable that is not set', () => {
    const { unsigned, signs } = findUnsigned(ALL, { CSC_LINK: '' })
    expect(signs).toBe(false)
    expect(unsigned.map((sentence) => sentence.split('.')[0])).toEqual([
      'UNSIGNED: the packages for macOS (CSC_LINK is not set)',
      'UNSIGNED: the packages for Windows (WIN_CSC_LINK is not set)',
      'UNSIGNED: the packages for Linux',
      'NO RELEASE KEY (CASTELLAN_RELEASE_KEY is not set): what is installed from these packages finds no updates',
    ])
  })

  it('is notarization where only a certificate is given, and nothing where all is given', () => {
    expect(findUnsigned(new Set(['mac']), CERTIFICATE)).toEqual({
      signs: true,
      unsigned: [expect.stringContaining('NOT NOTARIZED')],
    })
    expect(findUnsigned(new Set(['mac', 'win']), { ...CERTIFICATE, ...NOTARY })).toEqual({ signs: true, unsigned: [] })
    expect(findUnsigned(new Set(['win']), { ...RELEASE, WIN_CSC_LINK: 'x' })).toEqual({ signs: true, unsigned: [] })
  })

  it('is not decided where only some of what belongs together is set', () => {
    expect(() => findUnsigned(ALL, { ...CERTIFICATE, APPLE_API_KEY: 'key.p8' })).toThrow(
      'APPLE_API_KEY is set without APPLE_API_KEY_ID and APPLE_API_ISSUER.',
    )
    expect(() => findUnsigned(ALL, NOTARY)).toThrow('Only a signed application can be notarized')
  })
})
