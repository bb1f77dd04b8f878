import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'

import { array, assert, constantFrom, property } from 'fast-check'
import { describe, expect, it } from 'vitest'

import { CHROMIUM_ORIGIN, ELECTRON_ORIGIN, isPlace, placeIn } from '../../../electron/shell/origin.ts'
import { answerPage, resolvePage } from '../../../electron/shell/pages.ts'

const folder = mkdtempSync(join(tmpdir(), 'castellan-pages-'))
const root = join(folder, 'renderer')
mkdirSync(join(root, 'assets'), { recursive: true })
// A sibling whose name begins with the root's: a comparison without the separator would let it through.
mkdirSync(join(folder, 'renderer-secret'))
writeFileSync(join(folder, 'renderer-secret/a.js'), 'secret')
writeFileSync(join(folder, 'register.json'), 'secret')
writeFileSync(join(root, 'index.html'), '<meta content="__CASTELLAN_STYLE_NONCE__">')
writeFileSync(join(root, 'assets/a.js'), 'let a')

describe.each([ELECTRON_ORIGIN, CHROMIUM_ORIGIN])('pages of %s', (origin) => {
  it('answers the entry page for every place in the window, and assets by their name', async () => {
    for (const place of ['/', '/people', '/keys?client=acme&key=12', '/index.html']) {
      const answer = await answerPage(root, origin, 'GET', origin + place)
      expect([place, answer.status, answer.headers['Content-Type']]).toEqual([place, 200, 'text/html; charset=utf-8'])
      expect(answer.body.toString()).not.toContain('__CASTELLAN')
    }
    const asset = await answerPage(root, origin, 'GET', `${origin}/assets/a.js`)
    expect([asset.status, asset.body.toString()]).toEqual([200, 'let a'])
    expect(asset.headers['Content-Type']).toBe('text/javascript; charset=utf-8')
    expect(asset.headers['X-Content-Type-Options']).toBe('nosniff')
  })

  it.each([
    ['/../register.json', 404],
    ['/..%2fregister.json', 403],
    ['/%2e%2e/register.json', 404],
    ['/%2e%2e%2fregister.json', 403],
    ['/assets/..%2f..%2fregister.json', 403],
    ['/..%2frenderer-secret/a.js', 403],
    ['/..%5cregister.json', 404],
    ['/%252e%252e%252fregister.json', 404],
    ['/a%00.js', 404],
    ['/%ff.js', 404],
    ['/assets/none.js', 404],
    ['/assets/a.exe', 404],
    ['//etc/passwd.txt', 404],
  ])('refuses %s', async (path, status) => {
    const answer = await answerPage(root, origin, 'GET', origin + path)
    expect([path, answer.status, answer.body.length]).toEqual([path, status, 0])
  })

  it('takes a dot file for a place in the window, never for a file', async () => {
    expect(resolvePage(root, origin, 'GET', `${origin}/.env`)).toMatchObject({ file: join(root, 'index.html') })
  })

  it('never leaves its folder, whatever the path', () => {
    assert(
      property(array(constantFrom('..', '%2e%2e', '/', '%2f', '%5c', '\\', '.', 'a', '%00', '%25', 'é')), (parts) => {
        const page = resolvePage(root, origin, 'GET', `${origin}/${parts.join('')}.js`)
        expect(!page.found || page.file.startsWith(root + sep)).toBe(true)
      }),
    )
  })

  it('answers nothing but GET, and no other origin', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'get']) {
      expect(resolvePage(root, origin, method, `${origin}/`)).toEqual({ found: false, status: 405 })
    }
    for (const other of ['https://example.com/', 'file:///index.html', 'app://other/', `${origin}.example.com/`]) {
      expect(resolvePage(root, origin, 'GET', other)).toEqual({ found: false, status: 403 })
    }
  })
})

describe('a place in the window', () => {
  it('is a path of our own, short and plain', () => {
    expect(['/', '/keys?client=acme&rotation=overdue', '/people?person=12#x'].map(isPlace)).toEqual([true, true, true])
    const hostile = [
      '',
      'keys',
      '//example.com',
      '/\\example.com',
      '/a\\b',
      'https://example.com',
      '/a\u0000',
      '/\t',
      `/${'a'.repeat(2000)}`,
    ]
    expect(hostile.filter(isPlace)).toEqual([])
  })
})

describe('the place that an address names', () => {
  it('is the path and the query of our own address, and nothing of any other', () => {
    expect(placeIn('app://register/keys?key=12#x', ELECTRON_ORIGIN)).toBe('/keys?key=12')
    expect(placeIn(`${CHROMIUM_ORIGIN}/`, CHROMIUM_ORIGIN)).toBe('/')
    for (const url of ['', 'about:blank', 'https://example.com/keys', `${CHROMIUM_ORIGIN}//example.com`]) {
      expect([url, placeIn(url, CHROMIUM_ORIGIN)]).toEqual([url, null])
    }
  })
})
