/** The one way out: whoever runs a connector hands a `Send` in, be it the network, a mock, a recording or a refusal. */

export interface Outgoing {
  method: string;
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer | undefined;
}

export interface Incoming {
  status: number;
  statusText: string;
  /** Names in lower case; several of one name are joined by commas. */
  headers: Record<string, string>;
  /** Unpacked. */
  body: Buffer;
}

/**
 * Sends one request, and follows nowhere.
 *
 * @throws RunFailure when there is no answer, UserError for an address that is not allowed
 */
export type Send = (request: Outgoing) => Promise<Incoming>;
