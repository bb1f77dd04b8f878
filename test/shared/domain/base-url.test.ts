import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { baseUrlProblem, canonicalBaseUrl, isLoopback, parseOrigin } from '../../../shared/domain/base-url.ts'
import { anyString } from '../../any-string.ts'

describe('a base URL', () => {
  it.each([
    'https://proxy.example/v1',
    'https://proxy.example:8443/a/b/',
    'http://localhost:4000/v1',
    'http://127.0.0.1',
    'http://127.9.8.7:81/x',
    'http://[::1]:8080/v1',
    // The parser reads these as 127.0.0.1, and so does the sender.
    'http://127.1/v1',
    'http://2130706433/',
  ])('is accepted with https or on this machine: %s', (text) => {
    expect(baseUrlProblem(text)).toBeNull()
  })

  it.each([
    'http://proxy.example/v1',
    'http://10.0.0.1/v1',
    'http://localhost.proxy.example',
    'http://127.0.0.1.proxy.example',
    'http://128.0.0.1',
    'http://0.0.0.0:4000',
    'http://[::ffff:127.0.0.1]/',
    'HTTP://proxy.example',
    'http:proxy.example',
  ])('is refused over http to another machine, with what to write: %s', (text) => {
    expect(baseUrlProblem(text)).toMatch(/begins with https:\/\/.*unencrypted/u)
  })

  it.each(['', 'proxy.example/v1', 'ftp://proxy.example', 'javascript:alert(1)', 'file:///etc/passwd', 'https://'])(
    'is refused if it is not a web address, with what to write: %j',
    (text) => {
      expect(baseUrlProblem(text)).toMatch(/not a valid web address.*https:\/\/host\/path/u)
    },
  )

  it.each([
    'https://user:pass@proxy.example',
    'https://u@proxy.example',
    'https://proxy.example/?k=1',
    'https://p.example/#k',
  ])('is refused if it could contain a secret: %s', (text) => {
    expect(baseUrlProblem(text)).toMatch(/no user, password, query or fragment/u)
  })

  it('with a look-alike host is written in Punycode', () => {
    expect(canonicalBaseUrl('https://аpi.openai.com/v1')).toBe('https://xn--pi-6kc.openai.com/v1')
    expect(canonicalBaseUrl('https://MÜNCHEN.example')).toBe('https://xn--mnchen-3ya.example')
    expect(canonicalBaseUrl('https://api。openai.com')).toBe('https://api.openai.com')
  })

  it('has one spelling, whatever its case, port and last slash', () => {
    expect(canonicalBaseUrl(' HTTPS://Proxy.Example:443/V1/ ')).toBe('https://proxy.example/V1')
    expect(canonicalBaseUrl('http://127.0.0.1:4000')).toBe('http://127.0.0.1:4000')
    expect(canonicalBaseUrl('no address')).toBe('no address')
  })

  it.each([
    ['https://a.example/v1', 'https://a.example/v2', true],
    ['https://a.example', 'https://A.example:443/x', true],
    ['https://a.example', 'https://b.example', false],
    ['https://a.example', 'https://a.example:8443', false],
    ['https://127.0.0.1', 'http://127.0.0.1', false],
    ['https://a.example', 'https://a.example.', false],
  ])('%s and %s have the same origin: %s', (one, other, same) => {
    expect(parseOrigin(one) === parseOrigin(other)).toBe(same)
  })

  it('is written in ASCII for any host, port and path, does not change when written again, and keeps its origin', () => {
    const anyAddress = fc
      .tuple(fc.constantFrom('http', 'https'), anyString(), fc.nat(70_000), anyString())
      .map(([protocol, host, port, path]) => `${protocol}://${host}:${port}/${path}`)
    fc.assert(
      fc.property(fc.oneof(anyAddress, fc.webUrl({ withQueryParameters: true, withFragments: true })), (text) => {
        const written = canonicalBaseUrl(text)
        if (!URL.canParse(text)) return
        expect(written).toMatch(/^[\x21-\x7e]+$/u)
        expect(canonicalBaseUrl(written)).toBe(written)
        expect(parseOrigin(written)).toBe(new URL(text).origin)
        expect(baseUrlProblem(written) === null).toBe(baseUrlProblem(text) === null)
        const mayBeCalled = new URL(text).protocol === 'https:' || isLoopback(text)
        expect(baseUrlProblem(text) !== null || mayBeCalled).toBe(true)
      }),
    )
  })
})
