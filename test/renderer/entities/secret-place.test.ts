import { expect, it } from 'vitest'

import { describeSecretPlace, describeUnlocker, nameSecretPlace } from '../../../renderer/entities/secret-place.ts'

it('a sentence about a secret claims a keychain only where there is one', () => {
  const say = (keychain: Parameters<typeof describeUnlocker>[0]): readonly string[] => {
    const { text, action } = describeUnlocker(keychain)
    return [describeSecretPlace(keychain), nameSecretPlace(keychain), text, action]
  }
  const claim = /(?:stored in|the key in|with|^) ?(?:your|this machine’s|the) (?:system )?keychain/iu
  expect(say({ available: false, detail: '' }).filter((sentence) => claim.test(sentence))).toEqual([])
  expect(say({ available: true, detail: '' }).filter((sentence) => claim.test(sentence))).toHaveLength(4)
})
