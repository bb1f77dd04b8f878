import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { parseFpmArguments } from '../../../build/pack/deb/arguments.mjs'
import { writeControl } from '../../../build/pack/deb/control.mjs'
import { makeDeb } from '../../../build/pack/deb/make-deb.mjs'
import { KIND_FILE } from '../../../shared/domain/update/package-kind.ts'
import { isOnPath } from '../../../build/steps/system-packages.mjs'

const folder = mkdtempSync(join(tmpdir(), 'castellan-deb-'))

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ASKED = ['-s', 'dir', '--force', '-t', 'deb', '-d', 'libc6 (>= 2.28)', '-d', 'libnss3', '--deb-compression', 'gz']

describe('the arguments of fpm', () => {
  it('of electron-builder are the fields of a package and pairs of a source and its place', () => {
    const asked = parseFpmArguments([
      ...ASKED,
      '--architecture',
      'amd64',
      '--name',
      'castellan',
      '/a=b/=/opt/Castellan',
    ])
    expect(asked).toMatchObject({
      name: 'castellan',
      architecture: 'amd64',
      depends: ['libc6 (>= 2.28)', 'libnss3'],
      recommends: [],
      compression: 'gz',
      paths: [['/a=b/', '/opt/Castellan']],
    })
  })

  it('for another kind of package, of an unknown option or without a place are refused', () => {
    expect(() => parseFpmArguments(['-t', 'rpm'])).toThrow(
      'Only Debian packages are made here, and “rpm” was asked for.',
    )
    expect(() => parseFpmArguments(['-t', 'deb', '--deb-systemd', 'x'])).toThrow('--deb-systemd')
    expect(() => parseFpmArguments(['-t', 'deb', 'no-place'])).toThrow('“no-place”, which names no place')
  })
})

describe('the control file', () => {
  const fields = {
    ...parseFpmArguments([
      '-t',
      'deb',
      '-d',
      'libc6',
      '--name',
      'castellan',
      '--version',
      '1.0~beta',
      '--url',
      'https://x.invalid',
    ]),
    architecture: 'arm64',
    maintainer: 'Ana <ana@x.invalid>',
  }

  it('has a first line and a text in lines that begin with a space', () => {
    const text = `Access\n ${'word '.repeat(30)}`
    const lines = writeControl({ ...fields, description: text }, 12).split('\n')
    expect(lines.slice(0, 9)).toEqual([
      'Package: castellan',
      'Version: 1.0~beta',
      'Architecture: arm64',
      'Maintainer: Ana <ana@x.invalid>',
      'Installed-Size: 12',
      'Depends: libc6',
      'Section: misc',
      'Priority: optional',
      'Homepage: https://x.invalid',
    ])
    expect(lines[9]).toBe('Description: Access')
    expect(lines.slice(10, -1).every((line) => /^ \S/u.test(line) && line.length < 80)).toBe(true)
    expect(lines.slice(10, -1).join('').match(/word/gu)).toHaveLength(30)
  })

  it('is not written with a line break in a value, or without a value', () => {
    expect(() => writeControl({ ...fields, description: 'x', maintainer: 'a\nDepends: evil' }, 1)).toThrow(
      'The Maintainer of the Debian package has a line break',
    )
    expect(() => writeControl({ ...fields, description: 'x', architecture: undefined }, 1)).toThrow(
      'The Debian package has no Architecture.',
    )
  })
})

describe.skipIf(!isOnPath('dpkg-deb'))('a Debian package', () => {
  const TIME = 1_700_000_000

  /** A small application as electron-builder hands it over, with modes and times of its own. */
  function make(name: string, umask: number): string {
    const own = join(folder, name)
    const write = (path: string, text: string, mode = 0o644) => {
      mkdirSync(dirname(join(own, path)), { recursive: true })
      writeFileSync(join(own, path), text)
      chmodSync(join(own, path), mode & ~umask)
      utimesSync(join(own, path), TIME + umask, TIME + umask)
    }
    write('app/castellan-desktop', 'window', 0o777)
    write('app/resources/terminal/castellan', 'terminal', 0o777)
    write(`app/resources/${KIND_FILE}`, 'tar\n')
    write('app/resources/licenses/castellan.txt', 'MIT')
    write('app/usr/share/man/man1/castellan.1', '.TH CASTELLAN 1')
    write('x.desktop', '[Desktop Entry]\nExec=/opt/Castellan/castellan-desktop %U\n')
    write('postinst', '#!/bin/sh\n')
    const output = join(own, 'castellan.deb')
    const words = [
      ...ASKED,
      '--architecture',
      'amd64',
      '--name',
      'castellan',
      '--version',
      '1.0',
      '--url',
      'https://x.invalid',
    ]
    const more = [
      '--maintainer',
      'Ana <ana@x.invalid>',
      '--description',
      'Access\n text',
      '--after-install',
      join(own, 'postinst'),
    ]
    const paths = [`${own}/app/=/opt/Castellan`, `${own}/x.desktop=/usr/share/applications/castellan-desktop.desktop`]
    makeDeb(parseFpmArguments([...words, ...more, '--package', output, ...paths]), TIME)
    return output
  }

  it('has both programs on the path, one time for all files, and is the same from files of other modes and times', () => {
    const one = make('one', 0)
    const list = execFileSync('dpkg-deb', ['--contents', one], { encoding: 'utf8', env: { ...process.env, TZ: 'UTC' } })
    const lines = list.trimEnd().split('\n')
    expect(lines.filter((line) => !/ root\/root +\d+ 2023-11-14 22:13 /u.test(line))).toEqual([])
    const entry = (path: string) => lines.find((line) => line.includes(` ./${path}`))?.replace(/ root.*22:13/u, '')
    expect(entry('usr/bin/castellan ')).toBe(
      'lrwxrwxrwx ./usr/bin/castellan -> ../lib/castellan/resources/terminal/castellan',
    )
    expect(entry('usr/bin/castellan-desktop')).toBe(
      'lrwxrwxrwx ./usr/bin/castellan-desktop -> ../lib/castellan/castellan-desktop',
    )
    expect(entry('usr/lib/castellan/castellan-desktop')).toBe('-rwxr-xr-x ./usr/lib/castellan/castellan-desktop')
    expect(entry('usr/share/man/man1/castellan.1.gz')).toMatch(/^-rw-r--r--/u)
    expect(entry('usr/share/doc/castellan/copyright')).toMatch(/^-rw-r--r--/u)
    expect(list).not.toContain('/opt/')
    const unpacked = join(folder, 'unpacked')
    execFileSync('dpkg-deb', ['--extract', one, unpacked])
    expect(readFileSync(join(unpacked, 'usr/share/applications/castellan-desktop.desktop'), 'utf8')).toContain(
      '\nExec=castellan-desktop %U\n',
    )
    expect(readFileSync(join(unpacked, 'usr/lib/castellan/resources/licenses/castellan.txt'), 'utf8')).toBe('MIT')
    expect(readFileSync(join(unpacked, 'usr/lib/castellan/resources', KIND_FILE), 'utf8')).toBe('deb\n')
    expect(readFileSync(make('two', 0o077)).equals(readFileSync(one))).toBe(true)
  })
})
