import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** The instructions of a Containerfile, with continued lines joined: the word in capitals and the rest. */
function readInstructions(): readonly (readonly [string, string])[] {
  const text = readFileSync(join(root, 'container/Containerfile'), 'utf8').replaceAll(/\\\n\s*/gu, '')
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const)
}

it('the image runs the terminal program as a user who owns the register alone, and takes nothing secret from its build', () => {
  const all = readInstructions()
  const values = (word: string): readonly string[] => all.filter(([each]) => each === word).map(([, rest]) => rest)
  expect(values('USER')).toEqual(['10001:10001'])
  // What follows the user changes no file.
  const after = all.slice(all.findIndex(([word]) => word === 'USER')).map(([word]) => word)
  expect(after).toEqual(['USER', 'WORKDIR', 'ENV', 'VOLUME', 'ENTRYPOINT', 'CMD'])
  expect(values('ENV')).toEqual(['CASTELLAN_PROFILE=/register'])
  expect(values('VOLUME')).toEqual(['/register'])
  expect(values('ENTRYPOINT')).toEqual(['["/usr/bin/castellan"]'])
  // Of the build's folder only the package is read, and the second stage copies only from the first.
  expect(values('COPY').map((rest) => rest.split(' ')[0])).toEqual([
    'castellan_*_${TARGETARCH}.deb',
    '--from=package',
    '--from=package',
  ])
  expect(values('ARG')).toEqual(['BASE=docker.io/library/debian:trixie-slim', 'TARGETARCH=amd64'])
})
