/** In place of a name or title that may not be shown. */
export const PRIVATE = 'something private';
