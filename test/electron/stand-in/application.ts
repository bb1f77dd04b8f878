import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { expect, onTestFinished } from 'vitest'

import { type StandIn, startStandIn, type StandInOptions } from './start.ts'

export interface Application extends StandIn {
  readonly home: string
  readonly profile: string
  /** The titles and texts of the error boxes. */
  errors(): Promise<readonly string[]>
}

export interface ApplicationOptions extends Partial<Omit<StandInOptions, 'home'>> {
  readonly home?: string
  /** Called with how to end the application; at the end of the test unless given. */
  readonly atEnd?: (end: () => Promise<void>) => void
}

/** A home of a person: an empty folder with one for downloads. */
export function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'h-'))
  mkdirSync(join(home, 'Downloads'))
  return home
}

/** The built application on the stand-in, on an empty profile unless `args` name another. It is ended after the test. */
export async function startApplication({
  atEnd = onTestFinished,
  ...options
}: ApplicationOptions = {}): Promise<Application> {
  const home = options.home ?? newHome()
  const profile = join(home, 'profile')
  const { currentTestName, testPath = '' } = expect.getState()
  const started = await startStandIn({
    args: ['--profile', profile],
    // One that several tests share is of their file.
    test: currentTestName ?? `the tests of ${basename(testPath)}`,
    ...options,
    home,
  })
  atEnd(async () => {
    // What the test had it do is noted before it is ended; one that ended by itself has noted it.
    await started.evaluate(({ $writeExercised }) => $writeExercised()).catch(() => undefined)
    started.kill('SIGKILL')
    await started.ended
  })
  return {
    ...started,
    home,
    profile,
    errors: () => started.evaluate(({ person }) => person.errors.map(({ title, content }) => `${title}: ${content}`)),
  }
}
