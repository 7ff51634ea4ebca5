/** Something that an author meant to do later, in capitals; a "TODO list" is a thing of its own. */
export const isToDo = (text: string): boolean =>
  text.includes('TODO') &&
  /^\s*TODO\b(?!\s+(?:[Ii]tems?|[Ll]ists?|[Tt]asks?|[Ee]ntry|[Ee]ntries|[Aa]pps?)\b)|\bTODO:/.test(text);
