import { describe, expect, it } from 'vitest'

import { emailDomain, emailKey } from '../../../shared/domain/email.ts'

describe('addresses', () => {
  it.each([
    [' Mara@Northfold.Example\n', 'mara@northfold.example', 'northfold.example'],
    ['mara+ai@x', 'mara+ai@x', 'x'],
    ['m.a.r.a@x.example', 'm.a.r.a@x.example', 'x.example'],
    ['Åsa@Ångström.example', 'åsa@ångström.example', 'ångström.example'],
    ['a@b@c', null, null],
    ['@b', null, null],
    ['a@', null, null],
    ['a b@c', null, null],
    ['nobody', null, null],
    ['', null, null],
    [null, null, null],
  ])('%j is compared as %j, of the domain %j', (text, key, domain) => {
    expect(emailKey(text)).toBe(key)
    expect(emailDomain(text)).toBe(domain)
  })
})
