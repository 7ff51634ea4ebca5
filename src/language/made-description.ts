const [before, after] = ['Works with ', ' in flows, apps and agents'] as const;

/** How the description of a connector begins of which the source says too little. @param name of the connector */
export const madeDescription = (name: string): string => `${before}${name}${after}`;

/** Whether a description has such a beginning, whatever the connector is called by now. */
export const isMadeDescription = (text: string): boolean => text.includes(before) && text.includes(after);
