import { array, assert, nat, property, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { GuidePage } from '../../../../../renderer/features/help/guide/document.ts'
import { findPlaces, listPlaces, makeExcerpt } from '../../../../../renderer/features/help/guide/search.ts'

const PAGE: GuidePage = {
  name: 'lists',
  title: 'Lists',
  tree: [
    ['p', {}, ['All of them.']],
    ['h2', { id: 'keys' }, ['Keys']],
    ['p', {}, ['Credentials, ', ['strong', {}, ['never']], ' their secrets.']],
    [
      'ul',
      {},
      [
        ['li', { id: 'keys-due' }, [['strong', {}, ['Due']], ': the day of rotation.']],
        ['li', {}, ['without a term']],
      ],
    ],
    ['pre', { lang: 'sh' }, ['castellan key list']],
  ],
}

describe('the search of the guide', () => {
  it('has a place for the page, each heading and each term, with the text below it', () => {
    expect(listPlaces(PAGE)).toEqual([
      { topic: 'lists', title: 'Lists', page: 'Lists', text: 'All of them.' },
      {
        topic: 'lists#keys',
        title: 'Keys',
        page: 'Lists',
        text: 'Credentials, never their secrets. Due: the day of rotation. without a term castellan key list',
      },
      { topic: 'lists#keys-due', title: 'Due', page: 'Lists', text: 'Due: the day of rotation.' },
    ])
  })

  it('finds places with every word, in any case, those with all in the title first', () => {
    const places = listPlaces(PAGE)
    const topics = (query: string): readonly string[] => findPlaces(places, query, 10).map(({ topic }) => topic)
    expect(topics('DUE')).toEqual(['lists#keys-due', 'lists#keys'])
    expect(topics('rotation day')).toEqual(['lists#keys', 'lists#keys-due'])
    expect(topics('rotation nothing')).toEqual([])
    expect(topics('  ')).toEqual([])
    expect(findPlaces(places, 'lists', 1)).toHaveLength(1)
  })

  it('shows a piece of the text that is short, and has the word where it is in the text', () => {
    const words = array(stringMatching(/^[a-z]{1,9}$/u), { minLength: 1, maxLength: 80 })
    assert(
      property(words, nat(), (list, at) => {
        const text = list.join(' ')
        const word = list[at % list.length] ?? ''
        const piece = makeExcerpt(text, word)
        expect(piece.length).toBeLessThanOrEqual(120)
        expect(piece).toContain(word)
      }),
    )
  })
})
