throw new Error('It fails.')
