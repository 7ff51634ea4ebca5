export function upTo(most: number, text: string, more: string): string;
