/**
 * How much of a text is examined where only its beginning can matter, and what looks at it may take time that grows
 * with the square of its length. No published connector has a text of half this length.
 */
export const examinedLength = 8000;
