/** Two files of a connector as pac downloads them. @returns texts by name */
export function downloadedConnector(title: string, host: string): Record<string, string>;
