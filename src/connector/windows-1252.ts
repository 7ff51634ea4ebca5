/** What stands for the bytes 0x80 to 0x9F; five of them mean nothing, and stay as they are. */
const specials = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Windows-1252 as text. Some versions of Node.js take it for Latin-1: then quotes and dashes become control characters. */
export const decodeWindows1252 = (bytes: Buffer): string =>
  bytes.toString('latin1').replaceAll(/[\u0080-\u009f]/g, (char) => specials.charAt(char.charCodeAt(0) - 0x80));
