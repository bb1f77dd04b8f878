import { utilityProcess } from 'electron'

import type { FromKeychainTest, ToKeychainTest } from '../../../../shared/contract/self-test.ts'

/** Asks a process of its own about the keychain, which ends with the answer. */
export function askKeychain(file: string, question: ToKeychainTest): Promise<FromKeychainTest> {
  const child = utilityProcess.fork(file, [], { serviceName: 'Castellan keychain', stdio: 'inherit' })
  const answer = Promise.withResolvers<FromKeychainTest>()
  child.on('message', (message: FromKeychainTest) => {
    answer.resolve(message)
    child.kill()
  })
  child.once('exit', () => answer.reject(new Error('The process that reaches the keychain ended without an answer.')))
  child.postMessage(question, [])
  return answer.promise
}
